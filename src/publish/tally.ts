import type { ErrorCode } from '../core/errors.js';
import type { StoredRecord, Outcome } from './contract.js';

type Counted = Pick<StoredRecord, 'seq' | 'outcome' | 'error' | 'retryOf' | 'decisionOf' | 'replaces'>;

/**
 * Counts what became of the photos of a ledger. A photo that was treated again, or that a person decided about, counts
 * as what it became last, and one that another took the place of counts no more.
 */
export class Tally {
  readonly outcomes: Record<Outcome, number> = { cleared: 0, review: 0, refused: 0 };
  readonly errors: Partial<Record<ErrorCode, number>> = {};
  /** Photos that a later record may be about, by the `seq` of their first record: all that were not simply cleared. */
  private readonly standing = new Map<number, Counted & { readonly last: number }>();
  /** Photos that others took the place of. */
  private readonly replaced = new Set<number>();

  add(record: Counted): void {
    const about = record.retryOf ?? record.decisionOf;
    const before = about === undefined ? undefined : this.standing.get(about);
    if (before) this.remove(before);
    const { replaces } = record;
    if (replaces !== undefined) {
      this.replaced.add(replaces);
      this.remove(this.standing.get(replaces) ?? { seq: replaces, outcome: 'cleared' });
    }
    const { outcome, error, decisionOf } = record;
    this.outcomes[outcome]++;
    this.count(error?.code, 1);
    const seq = decisionOf ?? record.seq;
    if (outcome !== 'cleared' || decisionOf !== undefined) {
      this.standing.set(seq, {
        seq,
        last: record.seq,
        outcome,
        ...(error && { error }),
        ...(decisionOf !== undefined && { decisionOf }),
      });
    }
  }

  /** Whether the tool refused the photo and nothing has changed that since then. */
  isRefused(seq: number): boolean {
    const standing = this.standing.get(seq);
    return standing?.outcome === 'refused' && standing.decisionOf === undefined;
  }

  /** Whether a person has decided about the photo. */
  isDecided(seq: number): boolean {
    return this.standing.get(seq)?.decisionOf !== undefined;
  }

  /** Whether a record says what became of its photo last, and nothing took the photo's place. */
  isLast({ seq, outcome, decisionOf }: Counted): boolean {
    const about = decisionOf ?? seq;
    const standing = this.standing.get(about);
    if (standing) return standing.last === seq;
    // What is not standing was cleared by the tool, or was refused and tried again.
    return outcome === 'cleared' && decisionOf === undefined && !this.replaced.has(about);
  }

  get photos(): number {
    return this.outcomes.cleared + this.outcomes.review + this.outcomes.refused;
  }

  private remove({ seq, outcome, error }: Counted): void {
    this.outcomes[outcome]--;
    this.count(error?.code, -1);
    this.standing.delete(seq);
  }

  private count(code: ErrorCode | undefined, by: number): void {
    if (code === undefined) return;
    const sum = (this.errors[code] ?? 0) + by;
    if (sum > 0) this.errors[code] = sum;
    else delete this.errors[code];
  }
}
