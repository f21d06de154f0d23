import type { ImageDeidError } from '../core/errors.js';
import type { LedgerDraft, LedgerRecord, Summary } from '../publish/index.js';
import type { TerminalWords } from '../words/index.js';

/** Events of a run that are not about a single photo. */
export type Note = keyof TerminalWords['notes'];

/** What may be told about one photo. Absent when an earlier run treated it; a worker does not know the ledger. */
export interface ObservedStep {
  readonly record?: Pick<LedgerDraft, 'outcome' | 'error' | 'timings' | 'notUsed' | 'keepOutside'> &
    Pick<LedgerRecord, 'retryOf' | 'replaces'> & {
      readonly seq?: number;
    };
  readonly hasChanged: boolean;
}

/** Watches a run: for a person at a terminal, or for a program that reads the log. Only `refused` is told a name. */
export interface Observer {
  /** Only for a terminal: the inputs are being listed, which may take long. */
  looking?(): void;
  /** @param total number of photos; absent when more may come */
  begin(total?: number): void;
  step(step: ObservedStep): void;
  /** Only for a terminal, which is not kept: names a file that was refused, and says why. */
  refused?(file: string, why: string): void;
  /** @param count the number in the sentence, where there is one */
  note(note: Note, count?: number): void;
  end(summary: Summary): void;
  fail(error: ImageDeidError): void;
}
