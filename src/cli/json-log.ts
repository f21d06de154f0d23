import type { ImageDeidError } from '../core/errors.js';
import type { Summary } from '../publish/index.js';
import { TERMINAL_WORDS } from '../words/index.js';
import type { Note, ObservedStep, Observer } from './observer.js';

const WARNINGS: readonly Note[] = [
  'ledger-repaired',
  'ledger-set-aside',
  'photos-set-aside',
  'folders-unlisted',
  'keep-files-stray',
  'files-beside-photos',
  'beside-not-used',
  'keep-outside',
  'withdrawn',
  'summary-not-written',
  'no-worker',
  'queue-open',
  'queue-lost',
];

/** Errors that are already in the log. */
const told = new WeakSet<object>();

/** Whether the log holds an error already, or one that it caused. */
export function isTold(error: unknown): boolean {
  return typeof error === 'object' && error !== null && told.has(error);
}

/** The log's message for wrong usage: the sentence for people quotes the command line, which may hold names. */
const WRONG_USAGE =
  'The command line is not right, or what it names is not there; without "--log json" the reason is printed';

/** `--log json`: one JSON object per line. A photo is identified by its number in the ledger, never by a name. */
export class JsonLog implements Observer {
  /** @param now returns the time of day; a parameter for tests */
  constructor(
    private readonly write: (text: string) => unknown,
    private readonly now: () => Date = () => new Date(),
  ) {}

  begin(total?: number): void {
    this.log('info', 'run-started', { ...(total !== undefined && { photos: total }) });
  }

  step({ record, hasChanged }: ObservedStep): void {
    if (!record) {
      this.log('debug', 'photo-known', {});
      return;
    }
    const { seq, outcome, error, timings, retryOf, replaces, notUsed, keepOutside } = record;
    this.log(outcome === 'refused' ? 'warn' : 'info', 'photo', {
      ...(seq !== undefined && { seq }),
      outcome,
      ...(error && { code: error.code, stage: error.stage }),
      ...(retryOf !== undefined && { retryOf }),
      ...(replaces !== undefined && { replaces }),
      ...(notUsed && { notUsed }),
      ...(keepOutside !== undefined && { keepOutside }),
      ...(hasChanged && { hasChanged }),
      milliseconds: Object.values(timings).reduce((sum, value) => sum + value, 0),
    });
  }

  note(note: Note, count?: number): void {
    this.log(WARNINGS.includes(note) ? 'warn' : 'info', note, {
      // Programs go by the event; the sentence is for people who read the log, and always in the same language.
      message: TERMINAL_WORDS.en.notes[note](count ?? 0),
      ...(count !== undefined && { count }),
    });
  }

  end({ photos, cleared, review, refused, interrupted, errors, beside }: Summary): void {
    this.log('info', 'run-ended', {
      ...{ photos, cleared, review, refused, interrupted, errors },
      ...(beside !== undefined && { beside }),
    });
  }

  fail(error: ImageDeidError): void {
    for (const known of [error, error.cause]) {
      if (typeof known === 'object' && known !== null) told.add(known);
    }
    const { code, stage } = error;
    // Nor are values logged: those of wrong usage are what the sentence quotes.
    this.log('error', 'run-failed', { code, stage, message: code === 'usage' ? WRONG_USAGE : error.message });
  }

  private log(level: 'debug' | 'info' | 'warn' | 'error', event: string, facts: object): void {
    this.write(`${JSON.stringify({ time: this.now().toISOString(), level, event, ...facts })}\n`);
  }
}
