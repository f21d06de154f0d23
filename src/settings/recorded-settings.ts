import * as z from 'zod/mini';
import { withoutDefault } from './field.js';
import { SETTINGS } from './fields.js';
import type { ProcessSettings } from './parse-settings.js';

const count = z.int().check(z.nonnegative());

/** What a ledger tells of the settings: only how many regions and patterns there are; no caption and no limits. */
export const recordedSettingsSchema = z.object({
  destination: withoutDefault(SETTINGS.destination.schema),
  /** The user's own limit, where it was stricter. */
  maxRisk: SETTINGS.maxRisk.schema,
  style: withoutDefault(SETTINGS.style.schema),
  /** Absent when it is the usual one. */
  extent: z.exactOptional(withoutDefault(SETTINGS.extent.schema)),
  /** Absent when they are covered whole. */
  faces: z.exactOptional(withoutDefault(SETTINGS.faces.schema)),
  attestNone: withoutDefault(SETTINGS.attestNone.schema),
  /** Including those of the file beside the photo. */
  keepRegions: count,
  cropToKeep: withoutDefault(SETTINGS.cropToKeep.schema),
  allowFaceInKeep: withoutDefault(SETTINGS.allowFaceInKeep.schema),
  /** How many patterns allow text to stay. */
  allowText: count,
  keepRuler: withoutDefault(SETTINGS.keepRuler.schema),
});
export type RecordedSettings = Readonly<z.output<typeof recordedSettingsSchema>>;

/** The ledger's entry for settings, less their hash. */
export function recordedSettings({
  keep,
  allowText,
  extent,
  faces,
  ...rest
}: ProcessSettings): RecordedSettings {
  const { destination, maxRisk, style, attestNone, cropToKeep, allowFaceInKeep, keepRuler } = rest;
  return {
    destination,
    ...(maxRisk !== undefined && { maxRisk }),
    style,
    ...(extent !== 'usual' && { extent }),
    ...(faces !== 'whole' && { faces }),
    attestNone,
    keepRegions: keep.length,
    cropToKeep,
    allowFaceInKeep,
    allowText: allowText.length,
    keepRuler,
  };
}
