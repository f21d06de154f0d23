import type { DetectionKind, FaceFeature, TextClass } from '../core/detection.js';
import { plainError, type ImageDeidError } from '../core/errors.js';
import type { MetadataGroup } from '../core/metadata.js';
import { encoderVersions } from '../formats/index.js';
import type { ExaminedImage } from './examine-image.js';
import type { ProcessedImage } from './process-image.js';
import { settingsHash, type ProcessSettings } from './settings.js';
import type { FoundInSource, LedgerDraft } from '../publish/contract.js';
import type { StagedPhoto, StagingPlace } from '../publish/index.js';
import type { ModelIdentity } from '../detect/contract.js';
import { recordedSettings } from '../settings/recorded-settings.js';
import { cropAroundKeep, goneByCrop } from '../fit/index.js';
import { countThings } from '../core/count-things.js';

/** What is known about a source that could be read. */
export interface SourceFacts {
  readonly sha256: string;
  readonly bytes: number;
}

/** The record of a photo that went through every step, whatever was decided. */
export function draftOfProcessed(
  done: ProcessedImage,
  source: SourceFacts,
  settings: ProcessSettings,
): LedgerDraft {
  const { examined, checks, risk, decision, timings, utility, models } = done;
  return {
    source,
    outcome: decision.outcome,
    reasons: decision.reasons,
    ...(decision.lookingIsEnough && { lookingIsEnough: true as const }),
    ...(decision.outcome === 'refused' && {
      error: { code: 'unclean-output', stage: 'verify' },
    }),
    ...keepOutside(examined, settings),
    found: foundIn(examined, done.coveredShare),
    ...(examined.keptBack.length > 0 && { keptBack: examined.keptBack }),
    ...(examined.notExamined.length > 0 && { notExamined: examined.notExamined }),
    checks,
    risk,
    ...(settings.caption && { caption: settings.caption }),
    ...(utility && { utility }),
    ...goneWithACrop(examined, settings),
    settings: entryOf(settings),
    models,
    timings: rounded(timings),
  };
}

/** Kept regions of which not a pixel lies in the photo: mistyped, or of another photo. */
function keepOutside({ source }: ExaminedImage, { keep }: ProcessSettings): Pick<LedgerDraft, 'keepOutside'> {
  const [first] = source.frames;
  const outside = first ? keep.filter(({ x, y }) => x >= first.pixels.width || y >= first.pixels.height) : [];
  return outside.length > 0 ? { keepOutside: outside.length } : {};
}

/** What `--crop-to-keep` would leave out, when it was not asked for. */
function goneWithACrop(
  { source, detections }: ExaminedImage,
  { keep, cropToKeep }: ProcessSettings,
): Pick<LedgerDraft, 'goneWithACrop'> {
  const [first] = source.frames;
  const crop = first && !cropToKeep ? cropAroundKeep(keep, first.pixels) : undefined;
  if (!crop) return {};
  const gone = goneByCrop(detections[0] ?? [], crop);
  return Object.keys(gone).length === 0 ? {} : { goneWithACrop: gone };
}

/** The record of a photo that could not be treated. */
export function draftOfError(
  error: ImageDeidError,
  source: SourceFacts | undefined,
  settings: ProcessSettings,
  models: readonly ModelIdentity[],
): LedgerDraft {
  return {
    source: source ?? { sha256: null, bytes: null },
    outcome: 'refused',
    reasons: [plainError(error.code)],
    error: { code: error.code, stage: error.stage },
    settings: entryOf(settings),
    models,
    timings: {},
  };
}

/** Stages a photo that may be published. @throws {ImageDeidError} what `StagingPlace` throws */
export function stageFinished(done: ProcessedImage, staging: StagingPlace): Promise<StagedPhoto> {
  const [first] = done.redacted.frames;
  const [redactions = []] = done.fitted.redactions;
  if (!first) throw new RangeError('Expected an image with a frame but received none');
  const facts = {
    sha256: done.stagedSha256,
    bytes: done.staged.length,
    format: done.outputFormat.id,
    width: first.pixels.width,
    height: first.pixels.height,
    frames: done.redacted.frames.length,
    encoder: encoderVersions(done.outputFormat.id),
  };
  return staging.finish(facts, first.pixels, redactions);
}

function foundIn(
  { format, metadata, trailingBytes, detections, redactions }: ExaminedImage,
  share: number,
): FoundInSource {
  const groups: Partial<Record<MetadataGroup, number>> = {};
  for (const { group } of metadata) groups[group] = (groups[group] ?? 0) + 1;
  const kinds: Partial<Record<DetectionKind, number>> = {};
  const textClasses: Partial<Record<TextClass, number>> = {};
  const features: Partial<Record<FaceFeature, number>> = {};
  for (const { kind, feature, textClass } of detections.flat()) {
    if (feature) features[feature] = (features[feature] ?? 0) + 1;
    else kinds[kind] = (kinds[kind] ?? 0) + 1;
    if (textClass) textClasses[textClass] = (textClasses[textClass] ?? 0) + 1;
  }
  return {
    format: format.id,
    metadata: groups,
    // Whoever wrote the file can choose a field's name, which may thus hold a person's name; a part's name is fixed.
    removed: [...new Set(metadata.map(({ part }) => part))].sort(),
    trailingBytes,
    detections: kinds,
    ...(Object.keys(features).length > 0 && { features }),
    textClasses,
    allowedText: detections.flat().filter(({ allowed }) => allowed).length,
    redactions: redactions.reduce((sum, ofFrame) => sum + countThings(ofFrame), 0),
    redactedShare: Number(share.toFixed(4)),
  };
}

function entryOf(settings: ProcessSettings): LedgerDraft['settings'] {
  return { sha256: settingsHash(settings), ...recordedSettings(settings) };
}

function rounded(timings: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(timings).map(([stage, ms]) => [stage, Math.round(ms)]));
}
