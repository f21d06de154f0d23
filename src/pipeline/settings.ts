import { createHash } from 'node:crypto';
import type { CaptionMention } from '../core/caption.js';
import type { DetectionKind } from '../core/detection.js';
import type { Box } from '../core/geometry.js';
import type { ImageFormat } from '../core/image.js';
import { DEFAULT_LIMITS, type Limits } from '../core/limits.js';
import type { Extent, RedactionStyle } from '../redact/contract.js';
import type { Destination } from '../risk/index.js';

/** Everything that decides what becomes of a photo. */
export interface ProcessSettings {
  /** Who will see the photo; the gate's threshold depends on it. @default 'public', the strictest */
  readonly destination: Destination;
  /** Less risk than the destination accepts, 0–1. */
  readonly maxRisk?: number;
  /** @default 'blur' */
  readonly style: RedactionStyle['id'];
  /** More around everything is covered. Absent: as much as was measured, under the hash that it has always had. */
  readonly extent?: Exclude<Extent, 'usual'>;
  /** Regions that show the lesion, in upright source pixels. */
  readonly keep: readonly Box[];
  /** Cuts a photo down to its kept regions and what surrounds them; one without kept regions stays whole. @default false */
  readonly cropToKeep: boolean;
  /** Lets a kept region win over a face too; recorded, and raises the risk. @default false */
  readonly allowFaceInKeep: boolean;
  /** Regular expressions, each for a whole line of text: what matches and was read with confidence stays. @default [] */
  readonly allowText: readonly string[];
  /** The numbers on a ruler stay. @default false */
  readonly keepRuler: boolean;
  /** Kinds of which the user says to have looked: the photo shows none. Recorded as theirs. */
  readonly attestNone: readonly DetectionKind[];
  /** What the caption that goes with the photo gives away (src/caption); absent when there is none. */
  readonly caption?: readonly CaptionMention[];
  /** Absent: the family of the source where the destination takes it, otherwise JPEG. */
  readonly outputFormat?: ImageFormat;
  readonly limits: Limits;
}

export const DEFAULT_SETTINGS: ProcessSettings = {
  destination: 'public',
  style: 'blur',
  keep: [],
  cropToKeep: false,
  allowFaceInKeep: false,
  allowText: [],
  keepRuler: false,
  attestNone: [],
  limits: DEFAULT_LIMITS,
};

/** SHA-256 of the settings, the same whatever the order of their properties. */
export function settingsHash(settings: ProcessSettings): string {
  const sorted = JSON.stringify(settings, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(sorted).digest('hex');
}
