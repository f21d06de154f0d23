import type { ImageDeidError } from '../core/errors.js';
import type { Summary } from '../publish/index.js';
import { describeNote, type Note, type ObservedStep, type Observer } from './observer.js';

const WARNINGS: readonly Note[] = [
  'ledger-repaired',
  'ledger-set-aside',
  'photos-set-aside',
  'folders-unlisted',
  'keep-files-stray',
  'beside-not-used',
  'no-worker',
  'queue-open',
  'queue-lost',
];

/** `--log json`: one JSON object per line. What it says of a photo is its number in the ledger, never a name. */
export class JsonLog implements Observer {
  /** @param now the time of day, for tests */
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
    const { seq, outcome, error, timings, retryOf, notUsed } = record;
    this.log(outcome === 'refused' ? 'warn' : 'info', 'photo', {
      ...(seq !== undefined && { seq }),
      outcome,
      ...(error && { code: error.code, stage: error.stage }),
      ...(retryOf !== undefined && { retryOf }),
      ...(notUsed && { notUsed }),
      ...(hasChanged && { hasChanged }),
      milliseconds: Object.values(timings).reduce((sum, value) => sum + value, 0),
    });
  }

  note(note: Note, count?: number): void {
    this.log(WARNINGS.includes(note) ? 'warn' : 'info', note, {
      message: describeNote(note, count),
      ...(count !== undefined && { count }),
    });
  }

  end({ photos, cleared, review, refused, interrupted, errors }: Summary): void {
    this.log('info', 'run-ended', { photos, cleared, review, refused, interrupted, errors });
  }

  fail(error: ImageDeidError): void {
    this.log('error', 'run-failed', { ...error.toJSON() });
  }

  private log(level: 'debug' | 'info' | 'warn' | 'error', event: string, facts: object): void {
    this.write(`${JSON.stringify({ time: this.now().toISOString(), level, event, ...facts })}\n`);
  }
}
