import type { TerminalWords } from '../words/index.js';
import type { Note, ObservedStep, Observer } from './observer.js';

/** Where progress is written: a terminal gets a bar, everything else plain lines. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const BAR = 24;
const LINES = 20;
/** Photos between two lines when their total is unknown. */
const LINE_EVERY = 100;
/** Moves the cursor to the start of the line and clears the line. */
const CLEAR = '\r\u001b[2K';

/** Shows how far a run has come. Names refused files, and those on a terminal only: what is piped may be kept as a log. */
export class Progress implements Observer {
  private readonly counts = { cleared: 0, review: 0, refused: 0, known: 0, changed: 0 };
  private done = 0;
  private start: number;
  private total: number | undefined;

  /** @param now milliseconds */
  constructor(
    private readonly stream: ProgressStream,
    private readonly words: TerminalWords,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.start = now();
  }

  begin(total?: number): void {
    this.total = total;
    this.start = this.now();
  }

  step({ record, hasChanged }: ObservedStep): void {
    this.counts[record?.outcome ?? 'known']++;
    if (hasChanged) this.counts.changed++;
    this.done++;
    const { done, total } = this;
    const text = `${this.words.progress.photos(done, total)}${this.describeCounts()}${this.speed()}`;
    if (this.stream.isTTY) {
      const line = total === undefined ? text : `${bar(done / total)} ${text}`;
      this.stream.write(`${CLEAR}${line.slice(0, (this.stream.columns ?? 80) - 1)}`);
    } else if (done % (total === undefined ? LINE_EVERY : Math.ceil(total / LINES)) === 0 || done === total) {
      this.stream.write(`${text}\n`);
    }
  }

  refused(file: string, why: string): void {
    if (!this.stream.isTTY) return;
    this.clear();
    this.stream.write(`${this.words.refused(file, why)}\n`);
  }

  note(note: Note, count?: number): void {
    this.clear();
    this.stream.write(`${this.words.notes[note](count ?? 0)}\n`);
  }

  /** Clears the bar, so that what follows begins on an empty line. */
  end(): void {
    this.clear();
  }

  /** Only clears the bar: the error itself is reported where the program ends. */
  fail(): void {
    this.clear();
  }

  private clear(): void {
    if (this.stream.isTTY) this.stream.write(CLEAR);
  }

  private describeCounts(): string {
    const { cleared, review, refused, known, changed } = this.counts;
    const { progress } = this.words;
    return [
      progress.cleared(cleared),
      progress.review(review),
      progress.refused(refused),
      ...(known > 0 ? [progress.known(known)] : []),
      ...(changed > 0 ? [progress.changed(changed)] : []),
    ].join(', ');
  }

  /** Speed for the photos that were treated now: those done before take no time. */
  private speed(): string {
    const treated = this.done - this.counts.known;
    const seconds = (this.now() - this.start) / 1000;
    if (treated === 0 || seconds === 0) return '';
    const perMinute = (60 * treated) / seconds;
    const rate = `, ${perMinute < 10 ? perMinute.toFixed(1) : perMinute.toFixed(0)}/min`;
    const left = this.total === undefined ? 0 : this.total - this.done;
    return left === 0 ? rate : `${rate}, ${this.words.progress.left(duration((seconds / treated) * left))}`;
  }
}

function bar(share: number): string {
  const filled = Math.round(BAR * share);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
