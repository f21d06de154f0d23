import { composeInspector, composeToolbox } from './compose.js';
import { asImageDeidError } from './core/errors.js';
import type { Finding } from './core/finding.js';
import {
  DEFAULT_SETTINGS,
  inspectImage,
  type Inspection,
  processImage,
  type StagingArea,
} from './pipeline/index.js';
import type { RiskScore } from './risk/index.js';
import { parseSettings, type ProcessSettings, type SettingsOptions } from './settings/parse-settings.js';

export {
  ImageDeidError,
  type ErrorCode,
  type ErrorFinding,
  type ErrorOnTheWay,
  type SerializedError,
  type Stage,
} from './core/errors.js';
export type { Detection, DetectionKind, Redaction } from './core/detection.js';
export type { Finding, Speaker } from './core/finding.js';
export type { Language } from './core/language.js';
export { speakerOf } from './words/index.js';
export type { CaptionFinding, CaptionMention } from './core/caption.js';
export type { Limits } from './core/limits.js';
export type { MetadataFinding } from './core/metadata.js';
export type { RiskReason, RiskScore } from './risk/contract.js';
export type { Box, Point, Polygon } from './core/geometry.js';
export type { ImageFormat } from './core/image.js';
export { DEFAULT_SETTINGS, type Inspection, type ProcessSettings, type SettingsOptions };

/** A photo that may leave, one that a person must look at first, or a refusal without bytes. */
export interface Deidentified {
  readonly outcome: 'cleared' | 'review' | 'refused';
  /** Why it was not cleared; empty when it was. `speakerOf(language).say(reason)` gives its words. */
  readonly reasons: readonly Finding[];
  /** Absent when refused. */
  readonly bytes?: Uint8Array;
  /** The extension for `bytes`, without a dot. */
  readonly extension: string;
  readonly risk: RiskScore;
}

/** Models are loaded once per process, at the first call. */
const sharedToolbox = shared(composeToolbox);
const sharedInspector = shared(composeInspector);

/** What `compose` gave at the first call that it did not fail. */
function shared<T>(compose: () => Promise<T>): () => Promise<T> {
  let composed: Promise<T> | undefined;
  return () =>
    (composed ??= compose().catch((error: unknown) => {
      composed = undefined;
      throw asImageDeidError(error, 'models');
    }));
}

/** Holds the staged file in memory: a library call writes nothing to disk. */
const memoryStaging: StagingArea = { stage: (bytes) => Promise.resolve(Uint8Array.from(bytes)) };

/**
 * De-identifies one photo.
 * @param bytes a whole JPEG, PNG, WebP, TIFF, AVIF, GIF or HEIC file
 * @param options settings that are left out are as in `DEFAULT_SETTINGS`
 * @throws {ImageDeidError} usage, before the photo is looked at, when an option cannot be right; others when the photo
 * cannot be read or treated, or a model is missing
 */
export async function deidentify(bytes: Uint8Array, options: SettingsOptions = {}): Promise<Deidentified> {
  const settings = parseSettings(options);
  const done = await processImage(bytes, settings, await sharedToolbox(), memoryStaging);
  const { outcome, reasons } = done.decision;
  return {
    outcome,
    reasons,
    extension: done.outputFormat.extension,
    risk: done.risk,
    ...(outcome === 'refused' ? {} : { bytes: done.staged }),
  };
}

/**
 * Says what a photo would give away and what would be covered.
 * @throws {ImageDeidError} usage, when an option cannot be right; others when the photo cannot be read, or a model is missing
 */
export async function inspect(bytes: Uint8Array, options: SettingsOptions = {}): Promise<Inspection> {
  return inspectImage(bytes, parseSettings(options), await sharedInspector());
}
