import type { ErrorCode } from '../core/errors.js';
import type { LedgerRecord, Outcome } from './contract.js';

/** Counts what became of the photos of a ledger. A photo that was treated again counts as what it became last. */
export class Tally {
  readonly outcomes: Record<Outcome, number> = { cleared: 0, review: 0, refused: 0 };
  readonly errors: Partial<Record<ErrorCode, number>> = {};
  /** Of refused photos, by `seq`: what a later record may take back. */
  private readonly refused = new Map<number, ErrorCode | undefined>();

  add({ seq, outcome, error, retryOf }: Pick<LedgerRecord, 'seq' | 'outcome' | 'error' | 'retryOf'>): void {
    if (retryOf !== undefined && this.refused.has(retryOf)) {
      this.outcomes.refused--;
      this.count(this.refused.get(retryOf), -1);
      this.refused.delete(retryOf);
    }
    this.outcomes[outcome]++;
    this.count(error?.code, 1);
    if (outcome === 'refused') this.refused.set(seq, error?.code);
  }

  /** Whether the record with that number is a refusal that no later record replaced. */
  isRefused(seq: number): boolean {
    return this.refused.has(seq);
  }

  get photos(): number {
    return this.outcomes.cleared + this.outcomes.review + this.outcomes.refused;
  }

  private count(code: ErrorCode | undefined, by: number): void {
    if (code === undefined) return;
    const sum = (this.errors[code] ?? 0) + by;
    if (sum > 0) this.errors[code] = sum;
    else delete this.errors[code];
  }
}
