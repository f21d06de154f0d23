import type { ImageDeidError } from '../core/errors.js';
import type { LedgerDraft, LedgerRecord, Summary } from '../publish/index.js';
import type { TerminalWords } from '../words/index.js';

/** What happens to a run apart from its photos. */
export type Note = keyof TerminalWords['notes'];

/** Of one photo, what may be told. Absent when an earlier run has treated it; a worker knows no place in the ledger. */
export interface ObservedStep {
  readonly record?: Pick<LedgerDraft, 'outcome' | 'error' | 'timings' | 'notUsed'> &
    Pick<LedgerRecord, 'retryOf'> & {
      readonly seq?: number;
    };
  readonly hasChanged: boolean;
}

/** Who watches a run: a person at a terminal, or a program that reads its log. Is never told a name. */
export interface Observer {
  /** @param total photos; absent when more may come */
  begin(total?: number): void;
  step(step: ObservedStep): void;
  /** @param count where the sentence has a number */
  note(note: Note, count?: number): void;
  end(summary: Summary): void;
  fail(error: ImageDeidError): void;
}
