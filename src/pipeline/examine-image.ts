import { createHash } from 'node:crypto';
import type { Detection, DetectionKind, Redaction } from '../core/detection.js';
import type { NotExaminedFinding } from '../core/findings.js';
import type { DecodedImage, PixelImage } from '../core/image.js';
import type { MetadataFinding } from '../core/metadata.js';
import { scaleDetection } from '../core/scale-detection.js';
import { asPublished, publishedScale } from '../fit/index.js';
import type { ImageFormatPlugin } from '../formats/contract.js';
import { type KeptBack, planRedactions } from '../redact/index.js';
import type { NotExamined } from '../risk/index.js';
import { fitPolicy } from './fit-policy.js';
import { lookTwice } from './look-twice.js';
import type { ProcessSettings } from './settings.js';
import { textRule } from './text-rule.js';
import type { Stopwatch } from './stopwatch.js';
import type { Inspector } from './toolbox.js';

/** A photo as it was read. */
export interface ReadImage {
  readonly format: ImageFormatPlugin;
  readonly source: DecodedImage;
  readonly metadata: readonly MetadataFinding[];
  /** Bytes behind the end of the image. */
  readonly trailingBytes: number;
}

/** What is known about a photo before any pixel is changed. */
export interface ExaminedImage extends ReadImage {
  /** Per frame; all frames of an animation have the same. */
  readonly detections: readonly (readonly Detection[])[];
  readonly redactions: readonly (readonly Redaction[])[];
  readonly keptBack: readonly KeptBack[];
  readonly notExamined: readonly NotExamined[];
  /** Kinds of which a person who sees what is covered states that no other shows. */
  readonly looked?: readonly DetectionKind[];
}

/**
 * Reads, decodes, detects and plans.
 * @throws {ImageDeidError} what the format or a detector throws
 */
export async function examineImage(
  bytes: Uint8Array,
  settings: ProcessSettings,
  inspector: Inspector,
  watch: Stopwatch,
): Promise<ExaminedImage> {
  return lookAtImage(await readImage(bytes, settings, inspector, watch), settings, inspector, watch);
}

/**
 * Reads and decodes.
 * @throws {ImageDeidError} what the format throws
 */
export async function readImage(
  bytes: Uint8Array,
  settings: Pick<ProcessSettings, 'limits'>,
  inspector: Inspector,
  watch: Stopwatch,
): Promise<ReadImage> {
  const { format, metadata, trailingBytes } = await watch.time('inspect', async () => {
    const format = inspector.sniffFormat(bytes);
    const parts = format.walk(bytes);
    const trailingBytes = parts.filter((p) => p.name === 'trailing').reduce((sum, p) => sum + p.length, 0);
    return { format, trailingBytes, metadata: await inspector.readMetadata(bytes, parts) };
  });
  const source = await watch.time('decode', () => format.decode(bytes, settings.limits));
  return { format, source, metadata, trailingBytes };
}

/**
 * Detects and plans.
 * @throws {ImageDeidError} what a detector throws
 */
export async function lookAtImage(
  image: ReadImage,
  settings: ProcessSettings,
  inspector: Inspector,
  watch: Stopwatch,
): Promise<ExaminedImage> {
  const { source } = image;
  const seen = await watch.time('detect', () => detectInFrames(source, settings, inspector));
  const plans = await watch.time('plan', () =>
    source.frames.map((frame, i) => planRedactions(seen.detections[i] ?? [], frame.pixels, settings)),
  );
  return {
    ...image,
    detections: seen.detections,
    redactions: plans.map((plan) => plan.redactions),
    keptBack: plans.flatMap((plan) => plan.keptBack),
    notExamined: [...seen.notExamined].map(([kind, reason]) => ({
      kind,
      reason,
      attested: settings.attestNone.includes(kind),
    })),
  };
}

/**
 * Detectors see more in an enlargement: at the size of publication itself they miss letters and faces that people make
 * out there. Nobody will see anything smaller (docs/PERFORMANCE.md, "How large a photo is looked at").
 */
const LOOKED_AT = 2;

/** How large these settings have a photo looked at, 0–1 along one side; other settings may need it larger. */
export function lookScale(
  size: { readonly width: number; readonly height: number },
  settings: ProcessSettings,
): number {
  return publishedScale(size, fitPolicy(settings), LOOKED_AT);
}

interface Seen {
  readonly detections: readonly (readonly Detection[])[];
  readonly notExamined: ReadonlyMap<DetectionKind, NotExaminedFinding>;
}

async function detectInFrames(
  image: DecodedImage,
  settings: ProcessSettings,
  inspector: Inspector,
): Promise<Seen> {
  const mayStay = textRule(settings);
  const notExamined = new Map<DetectionKind, NotExaminedFinding>();
  const perFrame: (readonly Detection[])[] = [];
  // An animation often repeats a frame; looking again would find the same things.
  const known = new Map<string, readonly Detection[]>();
  for (const { pixels } of image.frames) {
    const key = image.frames.length > 1 ? hashPixels(pixels) : '';
    let found = known.get(key);
    if (!found) {
      const shown = await asPublished(pixels, fitPolicy(settings), LOOKED_AT);
      const [kx, ky] = [pixels.width / shown.width, pixels.height / shown.height];
      const seen = await lookTwice(shown, inspector.detectors, mayStay);
      found = seen.detections.map((each) => scaleDetection(each, kx, ky));
      for (const [kind, reason] of seen.notExamined) notExamined.set(kind, reason);
      known.set(key, found);
    }
    perFrame.push(found);
  }
  const animated = image.frames.some((frame) => frame.delay !== undefined);
  // What one frame shows is covered in all: a face must not flash up where the detector missed it once.
  const detections = animated ? perFrame.map(() => [...known.values()].flat()) : perFrame;
  return { detections, notExamined };
}

function hashPixels({ width, height, data }: PixelImage): string {
  return createHash('sha256').update(`${width}x${height}`).update(data).digest('hex');
}
