import type { StoredRecord, Outcome } from './contract.js';
import type { Ledger } from './ledger.js';
import { MOST_ENTRIES } from './report.js';
import type { Tally } from './tally.js';

/** The records that each report shows, in the order of the ledger. */
export interface ReportRecords {
  /** What was cleared. */
  readonly shared: readonly StoredRecord[];
  /** Everything else: what a person must look at, then what was refused. */
  readonly private: readonly StoredRecord[];
}

/**
 * Collects the last record of every photo, up to what a page holds; memory does not grow with the ledger.
 * @throws {ImageDeidError} ledger-broken
 */
export async function reportRecords(
  ledger: Pick<Ledger, 'forEach'>,
  tally: Pick<Tally, 'isDecided' | 'isRefused'>,
): Promise<ReportRecords> {
  const standing: Record<Outcome, Map<number, StoredRecord>> = {
    cleared: new Map(),
    review: new Map(),
    refused: new Map(),
  };
  await ledger.forEach((record) => {
    const { seq, decisionOf, replaces, outcome } = record;
    const about = decisionOf ?? seq;
    if (replaces !== undefined) for (const records of Object.values(standing)) records.delete(replaces);
    // What a person decided is shown by their last decision only.
    if (tally.isDecided(about) !== (decisionOf !== undefined)) return;
    if (decisionOf !== undefined) for (const records of Object.values(standing)) records.delete(about);
    else if (outcome === 'refused' && !tally.isRefused(seq)) return;
    if (standing[outcome].size < MOST_ENTRIES) standing[outcome].set(about, record);
  });
  const { cleared, review, refused } = standing;
  return {
    shared: [...cleared.values()],
    private: [...review.values(), ...refused.values()].slice(0, MOST_ENTRIES),
  };
}
