import type { RiskScore } from '../risk/index.js';
import type { FoundInSource, Outcome, PublishedFile, StoredRecord } from './contract.js';

/** A photo that was sent to review, and what has become of it since then. */
export interface ReviewedPhoto {
  /** What the tool found. */
  readonly record: StoredRecord;
  /** The record that tells of the file that lies there: the first, or that of a person's last edit. */
  readonly made: StoredRecord;
  readonly outcome: Outcome;
  readonly output: PublishedFile;
  /** The last decision; absent while there is none. */
  readonly decision?: StoredRecord;
}

/** A photo that the tool cleared or refused, and that nobody decides about here. */
export interface SettledPhoto {
  /** As much of it as is shown: there may be a million of them. */
  readonly record: Pick<StoredRecord, 'seq' | 'reasons' | 'settings'> & {
    readonly found?: Pick<FoundInSource, 'detections'>;
    readonly risk?: Pick<RiskScore, 'after'>;
  };
  readonly outcome: Outcome;
  /** Absent when nothing was written. */
  readonly output?: PublishedFile;
}

/** Follows what was sent to review, and what people decided about it. */
export function keep(photos: Map<number, ReviewedPhoto>, record: StoredRecord): void {
  const { seq, outcome, output, decisionOf, replaces } = record;
  if (replaces !== undefined) photos.delete(replaces);
  if (decisionOf === undefined) {
    if (outcome === 'review' && output) photos.set(seq, { record, made: record, outcome, output });
    return;
  }
  const photo = photos.get(decisionOf);
  if (!photo) return;
  const isEdited = output !== undefined && output.name !== photo.output.name;
  photos.set(decisionOf, {
    ...photo,
    outcome,
    output: output ?? photo.output,
    decision: record,
    ...(isEdited && { made: record }),
  });
}

/** Follows what the tool cleared or refused itself. */
export function settle(settled: Map<number, SettledPhoto>, record: StoredRecord): void {
  const { seq, outcome, output, decisionOf, retryOf, replaces } = record;
  for (const earlier of [retryOf, replaces]) if (earlier !== undefined) settled.delete(earlier);
  if (decisionOf !== undefined || (outcome === 'review' && output)) return;
  const { reasons, settings, found, risk } = record;
  const shown = {
    seq,
    reasons,
    settings,
    ...(found && { found: { detections: found.detections } }),
    ...(risk && { risk: { after: risk.after } }),
  };
  settled.set(seq, { record: shown, outcome, ...(output && { output }) });
}
