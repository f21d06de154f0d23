import type { Step } from '../batch/run-batch.js';

/** Where progress is written: a terminal gets a bar, everything else plain lines. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const BAR = 24;
const LINES = 20;
/** Moves to the line's start and clears it. */
const CLEAR = '\r\u001b[2K';

/** Shows how far a run is. Never a file's name: terminals are shared and logs are kept. */
export class Progress {
  private readonly counts: Record<Step, number> = { cleared: 0, review: 0, refused: 0, known: 0 };
  private done = 0;
  private readonly start: number;

  /** @param now milliseconds */
  constructor(
    private readonly total: number,
    private readonly stream: ProgressStream,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.start = now();
  }

  step(step: Step): void {
    this.counts[step]++;
    this.done++;
    const text = `${this.done} of ${this.total} photos: ${this.describeCounts()}${this.remaining()}`;
    if (this.stream.isTTY) {
      const filled = Math.round((BAR * this.done) / this.total);
      const line = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${text}`;
      this.stream.write(`${CLEAR}${line.slice(0, (this.stream.columns ?? 80) - 1)}`);
    } else if (this.done % Math.max(1, Math.ceil(this.total / LINES)) === 0 || this.done === this.total) {
      this.stream.write(`${text}\n`);
    }
  }

  /** Clears the bar, so that what follows begins on an empty line. */
  end(): void {
    if (this.stream.isTTY) this.stream.write(CLEAR);
  }

  private describeCounts(): string {
    const { cleared, review, refused, known } = this.counts;
    const words = [`${cleared} cleared`, `${review} to review`, `${refused} refused`];
    return [...words, ...(known > 0 ? [`${known} done before`] : [])].join(', ');
  }

  private remaining(): string {
    const treated = this.done - this.counts.known;
    const left = this.total - this.done;
    if (treated === 0 || left === 0) return '';
    const seconds = Math.ceil((((this.now() - this.start) / treated) * left) / 1000);
    return `, ${seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`} left`;
  }
}
