import type { Step } from '../batch/run-batch.js';
import type { ImageDeidError } from '../core/errors.js';
import type { Summary } from '../publish/index.js';

/** What happens to a run apart from its photos. */
export const NOTES = {
  'ledger-repaired':
    'A crash had torn off the last line of the ledger; it is repaired, and its photo is treated again.',
  stopping: 'Stopping after the photos in work; once more to stop at once.',
  stopped: 'Stopped. Every finished photo is kept; give the same command again to go on.',
} as const;
export type Note = keyof typeof NOTES;

/** Who watches a run: a person at a terminal, or a program that reads its log. Is never told a name. */
export interface Observer {
  /** @param total photos; absent when more may come */
  begin(total?: number): void;
  step(step: Step): void;
  note(note: Note): void;
  end(summary: Summary): void;
  fail(error: ImageDeidError): void;
}
