import { createHash } from 'node:crypto';
import { ImageDeidError } from '../core/errors.js';
import type { DecodedImage } from '../core/image.js';
import type { ImageFormatPlugin } from '../formats/contract.js';
import { coveredShare } from '../redact/covered-share.js';
import { redactFrame } from '../redact/apply-redactions.js';
import { decide, type Decision } from '../risk/gate.js';
import { scoreRisk, type RiskScore } from '../risk/score.js';
import { verifyStaged, type CheckResult } from '../verify/verify-staged.js';
import { examineImage, type ExaminedImage } from './examine-image.js';
import type { ProcessSettings } from './settings.js';
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
  /** What was encoded. */
  readonly redacted: DecodedImage;
  readonly outputFormat: ImageFormatPlugin;
  readonly staged: Uint8Array;
  readonly stagedSha256: string;
  readonly checks: readonly CheckResult[];
  readonly risk: RiskScore;
  /** Of the pixels of all frames, 0–1. */
  readonly coveredShare: number;
  readonly decision: Decision;
  /** Milliseconds per stage. */
  readonly timings: Readonly<Record<string, number>>;
}

/**
 * One photo's way through every room: inspect, decode, detect, plan, redact, encode, verify, score, gate.
 * @param random uniform in [0, 1), for the noise under redactions
 * @throws {ImageDeidError} when the photo cannot be treated; nothing of it may be published then
 */
export async function processImage(
  bytes: Uint8Array,
  settings: ProcessSettings,
  toolbox: Toolbox,
  staging: StagingArea,
  random: () => number,
): Promise<ProcessedImage> {
  const watch = new Stopwatch();
  const examined = await examineImage(bytes, settings, toolbox, watch);
  const { source } = examined;
  const outputFormat = chooseOutputFormat(examined.format, settings, toolbox);
  const redacted: DecodedImage = await watch.time('redact', () => ({
    ...source,
    frames: source.frames.map((frame, i) => ({
      ...frame,
      pixels: redactFrame(frame.pixels, examined.redactions[i] ?? [], toolbox.styles[settings.style], random),
    })),
  }));
  const encoded = await watch.time('encode', () => encode(outputFormat, redacted, settings));
  const staged = await watch.time('stage', () => staging.stage(encoded, outputFormat.extension));
  const checks = await watch.time('verify', () =>
    verifyStaged(
      {
        staged,
        format: outputFormat,
        source,
        detections: examined.detections,
        redactions: examined.redactions,
        limits: settings.limits,
      },
      toolbox.checks,
    ),
  );
  const risk = scoreRisk({ ...examined, detections: examined.detections.flat(), checks });
  const share = coveredShare(source.frames, examined.redactions);
  const { notExamined } = examined;
  const decision = decide({ score: risk, checks, notExamined, coveredShare: share }, settings.destination);
  return {
    examined,
    redacted,
    outputFormat,
    staged,
    stagedSha256: createHash('sha256').update(staged).digest('hex'),
    checks,
    risk,
    coveredShare: share,
    decision,
    timings: watch.timings,
  };
}

function chooseOutputFormat(
  source: ImageFormatPlugin,
  settings: ProcessSettings,
  toolbox: Toolbox,
): ImageFormatPlugin {
  if (settings.outputFormat) return toolbox.formatById(settings.outputFormat);
  return source.encode ? source : toolbox.formatById('jpeg');
}

async function encode(format: ImageFormatPlugin, image: DecodedImage, settings: ProcessSettings) {
  if (!format.encode) {
    throw new ImageDeidError(
      'usage',
      'encode',
      `${format.title} files cannot be written; choose another --format`,
    );
  }
  return format.encode(image, { limits: settings.limits });
}
