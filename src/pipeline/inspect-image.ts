import type { Detection, Redaction } from '../core/detection.js';
import type { ImageFormat } from '../core/image.js';
import type { MetadataFinding } from '../core/metadata.js';
import type { RiskReason } from '../risk/contract.js';
import { scoreRisk } from '../risk/index.js';
import { examineImage } from './examine-image.js';
import type { ProcessSettings } from './settings.js';
import { Stopwatch } from './stopwatch.js';
import type { Toolbox } from './toolbox.js';

/** What `image-deid inspect --json` prints of one file, less the file's name. */
export interface Inspection {
  readonly format: ImageFormat;
  /** Of the first frame, in upright pixels. */
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly metadata: { readonly findings: readonly MetadataFinding[]; readonly trailingBytes: number };
  /** Of all frames. */
  readonly detections: readonly Detection[];
  readonly redactions: readonly Redaction[];
  readonly notExamined: readonly string[];
  /** Of the photo as it is. */
  readonly risk: {
    readonly before: number;
    /** In plain words. */
    readonly reasons: readonly string[];
    /** The same reasons, in the terms of docs/RISK.md. */
    readonly factors: readonly Omit<RiskReason, 'text' | 'when'>[];
  };
  readonly timings: Readonly<Record<string, number>>;
}

/**
 * Says what a photo would give away and what would be covered; writes nothing.
 * @throws {ImageDeidError} when the photo cannot be read
 */
export async function inspectImage(
  bytes: Uint8Array,
  settings: ProcessSettings,
  toolbox: Toolbox,
): Promise<Inspection> {
  const watch = new Stopwatch();
  const examined = await examineImage(bytes, settings, toolbox, watch);
  const [first] = examined.source.frames;
  const detections = uniqueAcrossFrames(examined.detections);
  const risk = scoreRisk({
    ...examined,
    detections,
    openFeatures: [],
    caption: settings.caption ?? [],
    context: [],
    checks: [],
  });
  const reasons = risk.reasons.filter(({ when }) => when === 'before');
  return {
    format: examined.format.id,
    width: first?.pixels.width ?? 0,
    height: first?.pixels.height ?? 0,
    frames: examined.source.frames.length,
    metadata: { findings: examined.metadata, trailingBytes: examined.trailingBytes },
    detections,
    redactions: uniqueAcrossFrames(examined.redactions),
    notExamined: examined.notExamined.map(({ reason }) => reason),
    risk: {
      before: risk.before,
      reasons: reasons.map(({ text }) => text),
      factors: reasons.map(({ text: _text, when: _when, ...factor }) => factor),
    },
    timings: watch.timings,
  };
}

/** The frames of an animation share their findings; each is listed once. */
function uniqueAcrossFrames<T>(perFrame: readonly (readonly T[])[]): T[] {
  const byContent = new Map(perFrame.flat().map((item) => [JSON.stringify(item), item]));
  return [...byContent.values()];
}
