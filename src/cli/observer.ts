import type { ImageDeidError } from '../core/errors.js';
import type { LedgerDraft, LedgerRecord, Summary } from '../publish/index.js';

/** What happens to a run apart from its photos. */
export const NOTES = {
  'ledger-repaired':
    'A crash had torn off the last line of the ledger; it is repaired, and its photo is treated again.',
  'ledger-set-aside':
    '{count} lines at the end of the ledger did not hold; they lie in .state/set-aside, and their photos are treated again.',
  'photos-set-aside':
    '{count} photos that no sound record knows were taken out of the folder; they lie in .state/set-aside.',
  'folders-unlisted':
    '{count} folders inside the input cannot be listed: what lies in them is not treated. Give yourself the right to read them, and the same command again.',
  'keep-files-stray':
    '{count} keep files belong to no photo, and are not used: the one of rash.jpg is called rash.jpg.keep.json.',
  'beside-not-used':
    'Beside {count} photos lies a keep file or a caption that is none, and was not used: "notUsed" in the ledger says which.',
  stopping: 'Stopping after the photos in work; once more to stop at once.',
  stopped: 'Stopped. Every finished photo is kept; give the same command again to go on.',
  'worker-started': 'Waiting for photos.',
  'worker-stopped': 'Stopped. No photo is in work here any more.',
  'no-worker': 'No worker is there: the photos wait until "image-deid worker" is started somewhere.',
  'queue-open': 'The connection to the queue is not encrypted: paths of photos can be read on the way.',
  'queue-lost': 'The queue cannot be reached; trying again until it can.',
  'queue-back': 'The queue can be reached again.',
} as const;
export type Note = keyof typeof NOTES;

/** The sentence of a note. */
export function describeNote(note: Note, count = 0): string {
  return NOTES[note].replace('{count}', String(count));
}

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
