import { createHash } from 'node:crypto';
import type { ContextFinding } from '../core/context.js';
import { numbersOfPhoto, type PhotoNumbers } from '../core/random.js';
import { ImageDeidError } from '../core/errors.js';
import type { DecodedImage } from '../core/image.js';
import type { ContextScout, ModelIdentity } from '../detect/contract.js';
import type { ImageFormatPlugin } from '../formats/contract.js';
import { fitImage, type FittedImage } from '../fit/index.js';
import { coveredShare, coverMask, keepCovered, redactFrame } from '../redact/index.js';
import {
  decide,
  doubtfulCovers,
  type Decision,
  isRefused,
  openFeatures,
  PROFILES,
  type RiskScore,
  scoreRisk,
} from '../risk/index.js';
import { measureUtility, type Utility } from '../utility/index.js';
import { type CheckResult, verifyStaged } from '../verify/index.js';
import { examineImage, type ExaminedImage } from './examine-image.js';
import { facesLeft } from './estimate-risk.js';
import { fitPolicy } from './fit-policy.js';
import { remediesFor } from './remedies.js';
import { settingsHash, type ProcessSettings } from './settings.js';
import { Stopwatch } from './stopwatch.js';
import type { Toolbox } from './toolbox.js';

/** Where a finished but not yet published file waits. */
export interface StagingArea {
  /** Writes the file and gives back what a fresh read from the same place returns. */
  stage(bytes: Uint8Array, extension: string): Promise<Uint8Array>;
}

/** What became of one photo. The staged bytes may be published when the decision is not "refused". */
export interface ProcessedImage {
  readonly examined: ExaminedImage;
  /** The photo in the geometry in which it is published. */
  readonly fitted: FittedImage;
  /** What was encoded. */
  readonly redacted: DecodedImage;
  readonly outputFormat: ImageFormatPlugin;
  readonly staged: Uint8Array;
  readonly stagedSha256: string;
  readonly checks: readonly CheckResult[];
  readonly risk: RiskScore;
  /** Share of the pixels of all frames, 0–1. */
  readonly coveredShare: number;
  /** For the first frame; absent when the written file does not decode. */
  readonly utility?: Utility;
  /** Models that had a part in the result. */
  readonly models: readonly ModelIdentity[];
  readonly decision: Decision;
  /** Milliseconds per stage. */
  readonly timings: Readonly<Record<string, number>>;
}

/**
 * Takes one photo through every room: inspect, decode, detect, plan, fit, redact, encode, verify, score, gate.
 * @throws {ImageDeidError} when the photo cannot be treated; nothing of it may be published then
 */
export async function processImage(
  bytes: Uint8Array,
  settings: ProcessSettings,
  toolbox: Toolbox,
  staging: StagingArea,
): Promise<ProcessedImage> {
  const watch = new Stopwatch();
  const examined = await examineImage(bytes, settings, toolbox, watch);
  const numbers = numbersOfPhoto(bytes, settingsHash(settings));
  return finishImage(examined, settings, toolbox, staging, numbers, watch);
}

/**
 * The second half of a photo's way, from its planned redactions on; somebody else may have decided what they are.
 * @throws {ImageDeidError} when the photo cannot be treated; nothing of it may be published then
 */
export async function finishImage(
  examined: ExaminedImage,
  settings: ProcessSettings,
  toolbox: Toolbox,
  staging: StagingArea,
  numbers: PhotoNumbers,
  watch = new Stopwatch(),
): Promise<ProcessedImage> {
  const outputFormat = chooseOutputFormat(examined, settings, toolbox);
  const fitted = await watch.time('fit', () =>
    fitImage(examined.source, examined, fitPolicy(settings), numbers.resampling),
  );
  const { image: source, detections, redactions } = fitted;
  const redacted: DecodedImage = await watch.time('redact', () => ({
    ...source,
    frames: source.frames.map((frame, i) => ({
      ...frame,
      pixels: redactFrame(frame.pixels, redactions[i] ?? [], toolbox.styles[settings.style], numbers.noise()),
    })),
  }));
  const encoded = await watch.time('encode', () => encode(outputFormat, redacted, settings));
  const staged = await watch.time('stage', () => staging.stage(encoded, outputFormat.extension));
  const { checks, output } = await watch.time('verify', () =>
    verifyStaged(
      {
        staged,
        format: outputFormat,
        original: examined.source,
        cropped: fitted.cropped,
        source,
        detections,
        redactions,
        limits: settings.limits,
      },
      toolbox.checks,
      (result) => isRefused(result, settings.destination),
    ),
  );
  const scout = await toolbox.openContextScout();
  const context = await watch.time('context', () => lookAround(scout, fitted, redacted));
  const features = detections.flatMap((seen, i) => openFeatures(seen, redactions[i] ?? []));
  const open = facesLeft(examined, settings);
  const risk = scoreRisk({
    ...examined,
    detections: examined.detections.flat(),
    openFeatures: features,
    openFaces: open,
    // What a crop left out was not covered and cannot have been missed by a detector.
    redactions,
    caption: settings.caption ?? [],
    context,
    checks,
  });
  const share = coveredShare(source.frames, redactions);
  const utility = await watch.time('utility', () => output && usefulness(examined, settings, fitted, output));
  const decision = decide(
    {
      score: risk,
      checks,
      notExamined: examined.notExamined,
      found: detections.flat().flatMap(({ kind, feature }) => (feature ? [] : kind)),
      openFeatures: features,
      openFaces: open,
      remedies: remediesFor(examined, settings, open),
      keepCovered: coveredOfKeep(examined, settings),
      doubtful: [
        ...new Set(
          source.frames.flatMap(({ pixels }, i) =>
            doubtfulCovers(detections[i] ?? [], redactions[i] ?? [], pixels),
          ),
        ),
      ],
      coveredShare: share,
      format: outputFormat.id,
      bytes: staged.length,
      longestSide: Math.max(...source.frames.flatMap(({ pixels }) => [pixels.width, pixels.height])),
    },
    settings.destination,
    settings.maxRisk,
  );
  return {
    examined,
    fitted,
    redacted,
    outputFormat,
    staged,
    stagedSha256: createHash('sha256').update(staged).digest('hex'),
    checks,
    risk,
    coveredShare: share,
    ...(utility && { utility }),
    models: [...toolbox.models, ...scout.models],
    decision,
    timings: watch.timings,
  };
}

/** In the first frame. */
function coveredOfKeep({ source, redactions }: ExaminedImage, { keep }: ProcessSettings): number | undefined {
  const [first] = source.frames;
  return first && keepCovered(first.pixels, redactions[0] ?? [], keep);
}

/** What surrounds the lesion in the published photo; in the first frame of an animation, as all show one scene. */
async function lookAround(
  scout: ContextScout,
  { detections }: FittedImage,
  { frames }: DecodedImage,
): Promise<ContextFinding[]> {
  const found: ContextFinding[] = [];
  for (const [i, { pixels, delay }] of frames.entries()) {
    if (i > 0 && delay !== undefined) break;
    found.push(...(await scout.look(pixels, detections[i] ?? [])));
  }
  return [...new Map(found.map((finding) => [finding.id, finding])).values()];
}

function usefulness(
  { source, redactions: inSource }: ExaminedImage,
  { keep }: ProcessSettings,
  { image, redactions, scale, lengths }: FittedImage,
  output: DecodedImage,
): Utility | undefined {
  const [fitted, written, original] = [image, output, source].map(({ frames }) => frames[0]?.pixels);
  if (!fitted || !written || !original) return undefined;
  if (written.width !== fitted.width || written.height !== fitted.height) return undefined;
  const { width, height } = original;
  return measureUtility(
    { fitted, written, covered: coverMask(fitted, redactions[0] ?? []), scale, lengths },
    { keep, width, height, covered: coverMask(original, inSource[0] ?? []) },
  );
}

/** A photo of several frames keeps its format family, because only there it keeps its frames. */
function chooseOutputFormat(
  { format, source }: ExaminedImage,
  settings: ProcessSettings,
  toolbox: Toolbox,
): ImageFormatPlugin {
  if (settings.outputFormat) return toolbox.formatById(settings.outputFormat);
  const taken = source.frames.length > 1 || PROFILES[settings.destination].formats.includes(format.id);
  return format.encode && taken ? format : toolbox.formatById('jpeg');
}

async function encode(format: ImageFormatPlugin, image: DecodedImage, settings: ProcessSettings) {
  if (!format.encode) {
    throw new ImageDeidError({ id: 'error/usage/not-written', values: { format: format.title } }, 'encode');
  }
  return format.encode(image, { limits: settings.limits });
}
