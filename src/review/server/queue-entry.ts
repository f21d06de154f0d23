import { lstat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { DETECTION_KINDS } from '../../core/detection.js';
import { DEFAULT_LIMITS } from '../../core/limits.js';
import type { ReviewedOutput, ReviewedPhoto, SettledPhoto } from '../../publish/index.js';
import { askOf, isLaxer, mostRisk, withinRun } from '../../risk/index.js';
import { displayName, readSource, type SourceFile } from '../../source/index.js';
import type { QueueEntry } from '../api.js';
import { stripOfEntry } from './entry-frames.js';

/** What stands in the way of the file that lies there, and the checks that led to it. */
export function decidedOf({ record, made }: ReviewedPhoto) {
  const { reasons, lookingIsEnough, checks = [], settings } = made;
  // A person's edit is recorded with what they made of it, and not with what the gate said.
  const outcome = reasons.length === 0 ? 'cleared' : made === record ? record.outcome : 'review';
  const decision = { outcome, lookingIsEnough: lookingIsEnough === true, reasons };
  const isMarked = reasons.some(({ id }) => id === 'gate/laxer-than-run');
  return {
    decision: isMarked ? decision : withinRun(decision, settings.destination, record.settings),
    checks,
  };
}

/** A photo that was sent to review, as the page lists it. */
export async function entryOf(photo: ReviewedPhoto, output: ReviewedOutput): Promise<QueueEntry> {
  const { record, made, outcome, output: file, decision } = photo;
  const path = output.sourcePath(photo);
  const strip = stripOfEntry(photo);
  return {
    ...factsOf(made, path),
    seq: record.seq,
    state: ({ review: 'review', cleared: 'accepted', refused: 'rejected' } as const)[outcome],
    asks: askOf(decidedOf(photo)),
    isLaxerThanRun: isLaxer(made.settings.destination, record.settings),
    width: file.width,
    height: file.height,
    ...(strip && { strip }),
    canEdit: path !== undefined && (await lstat(path).catch(() => undefined)) !== undefined,
    ...(decision?.reviewer !== undefined && { reviewer: decision.reviewer }),
  };
}

/** A photo that the tool cleared or refused itself. */
export function settledEntry(
  { record, outcome, output: file }: SettledPhoto,
  output: ReviewedOutput,
): QueueEntry {
  return {
    ...factsOf(record, output.sourcePath({ record, outcome })),
    seq: record.seq,
    state: outcome === 'cleared' ? 'cleared' : 'refused',
    asks: 'nothing',
    isLaxerThanRun: false,
    width: file?.width ?? 0,
    height: file?.height ?? 0,
    canEdit: false,
  };
}

/** @param path of the source */
function factsOf({ found, reasons, risk, settings, seq }: SettledPhoto['record'], path: Buffer | undefined) {
  const { destination, maxRisk } = settings;
  const counts = found?.detections ?? {};
  return {
    seq,
    name: path ? displayName(Buffer.from(basename(path.toString('latin1')), 'latin1')) : '',
    kinds: DETECTION_KINDS.filter((kind) => (counts[kind] ?? 0) > 0),
    reasons,
    // A record may hold a risk that is not a number, which JSON does not have.
    ...(risk && { risk: Number.isNaN(risk.after) ? 1 : risk.after }),
    most: mostRisk(destination, maxRisk),
    destination,
  };
}

/** The photo that the record is about; undefined when it is gone or has been replaced by another. */
export async function originalOf(
  photo: SettledPhoto,
  output: ReviewedOutput,
): Promise<SourceFile | undefined> {
  const path = output.sourcePath(photo);
  if (!path) return undefined;
  const root = Buffer.from(dirname(path.toString('latin1')), 'latin1');
  const entry = { path, root, named: true, display: '' };
  const file = await readSource(entry, DEFAULT_LIMITS).catch(() => undefined);
  return file && output.isOriginal(photo, file.sha256) ? file : undefined;
}
