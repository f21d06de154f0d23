import type { Detection, Redaction } from '../core/detection.js';
import type { NotExaminedFinding } from '../core/findings.js';
import type { ImageFormat } from '../core/image.js';
import type { MetadataFinding } from '../core/metadata.js';
import type { RiskReason } from '../risk/contract.js';
import { scoreRisk } from '../risk/index.js';
import { examineImage } from './examine-image.js';
import type { ProcessSettings } from './settings.js';
import { Stopwatch } from './stopwatch.js';
import type { Inspector } from './toolbox.js';

/** What `image-deid inspect --json` prints for one file, less the file's name. */
export interface Inspection {
  readonly format: ImageFormat;
  /** Size of the first frame, in upright pixels. */
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly metadata: { readonly findings: readonly MetadataFinding[]; readonly trailingBytes: number };
  /** Those of all frames together. */
  readonly detections: readonly Detection[];
  readonly redactions: readonly Redaction[];
  readonly notExamined: readonly NotExaminedFinding[];
  /** The risk of the photo as it is; `factors` are explained in docs/RISK.md. */
  readonly risk: { readonly before: number; readonly factors: readonly Omit<RiskReason, 'when'>[] };
  readonly timings: Readonly<Record<string, number>>;
}

/**
 * Says what a photo would give away and what would be covered; writes nothing.
 * @throws {ImageDeidError} when the photo cannot be read
 */
export async function inspectImage(
  bytes: Uint8Array,
  settings: ProcessSettings,
  inspector: Inspector,
): Promise<Inspection> {
  const watch = new Stopwatch();
  const examined = await examineImage(bytes, settings, inspector, watch);
  const [first] = examined.source.frames;
  const detections = uniqueAcrossFrames(examined.detections);
  const risk = scoreRisk({
    ...examined,
    detections,
    openFeatures: [],
    openFaces: [],
    caption: settings.caption ?? [],
    context: [],
    checks: 'to-come',
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
      factors: reasons.map(({ when: _when, ...factor }) => factor),
    },
    timings: watch.timings,
  };
}

/** The frames of an animation share their findings; each is listed once. */
function uniqueAcrossFrames<T>(perFrame: readonly (readonly T[])[]): T[] {
  const byContent = new Map(perFrame.flat().map((item) => [JSON.stringify(item), item]));
  return [...byContent.values()];
}
