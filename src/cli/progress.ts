import type { TerminalWords } from '../words/index.js';
import type { Note, ObservedStep, Observer } from './observer.js';

/** Where progress is written: a terminal gets a bar, everything else plain lines. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const BAR = 24;
/** A narrower bar tells nothing. */
const LEAST_BAR = 6;
/** Lines that are not on a terminal are read on one, or printed. */
const COLUMNS = 80;
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

  looking(): void {
    if (this.stream.isTTY) this.stream.write(`${this.words.looking}\n`);
  }

  begin(total?: number): void {
    this.total = total;
    this.start = this.now();
    // The first photo may take long: whoever waits sees at once how many there are.
    this.show();
  }

  step({ record, hasChanged }: ObservedStep): void {
    this.counts[record?.outcome ?? 'known']++;
    if (hasChanged) this.counts.changed++;
    this.done++;
    const { done, total } = this;
    const isDue =
      done % (total === undefined ? LINE_EVERY : Math.ceil(total / LINES)) === 0 || done === total;
    if (this.stream.isTTY || isDue) this.show();
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

  /** One line that fits: a terminal that wraps it could not clear it. */
  private show(): void {
    const { stream, done, total } = this;
    if (!stream.isTTY) {
      stream.write(`${this.text(COLUMNS)}\n`);
      return;
    }
    const most = (stream.columns ?? COLUMNS) - 1;
    const text = this.text(most);
    const width = Math.min(BAR, most - text.length - 1);
    const isDrawn = total !== undefined && total > 0 && width >= LEAST_BAR;
    stream.write(`${CLEAR}${isDrawn ? `${bar(done / total, width)} ` : ''}${text}`);
  }

  /** What of the counts and times fits into so many columns; the time that is left matters more than the speed. */
  private text(most: number): string {
    const { cleared, review, refused, known, changed } = this.counts;
    const { progress } = this.words;
    const counts = [progress.cleared(cleared), progress.review(review), progress.refused(refused)];
    const before = known > 0 ? [progress.known(known)] : [];
    const since = changed > 0 ? [progress.changed(changed)] : [];
    const { rate, left } = this.speed();
    const fitting = [
      [...counts, ...before, ...since, ...rate, ...left],
      [...counts, ...before, ...rate, ...left],
      [...counts, ...rate, ...left],
      [...counts, ...left],
      [...counts.slice(1), ...left],
    ].map((parts) => `${progress.photos(this.done, this.total)}${parts.join(', ')}`);
    return (
      fitting.find(({ length }) => length <= most) ?? progress.photos(this.done, this.total).slice(0, most)
    );
  }

  /** Speed for the photos that were treated now: those done before take no time. */
  private speed(): { readonly rate: readonly string[]; readonly left: readonly string[] } {
    const treated = this.done - this.counts.known;
    const seconds = (this.now() - this.start) / 1000;
    if (treated === 0 || seconds === 0) return { rate: [], left: [] };
    const perMinute = (60 * treated) / seconds;
    const left = this.total === undefined ? 0 : this.total - this.done;
    return {
      rate: [`${perMinute < 10 ? perMinute.toFixed(1) : perMinute.toFixed(0)}/min`],
      left: left === 0 ? [] : [this.words.progress.left(duration((seconds / treated) * left))],
    };
  }
}

function bar(share: number, width: number): string {
  const filled = Math.round(width * share);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
