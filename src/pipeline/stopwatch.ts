/** Milliseconds spent in each stage of one photo, rounded to a tenth. */
export class Stopwatch {
  readonly timings: Record<string, number> = {};

  /** Runs one stage and adds its time, even when it throws. */
  async time<T>(stage: string, work: () => T | Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      const total = (this.timings[stage] ?? 0) + performance.now() - start;
      this.timings[stage] = Math.round(total * 10) / 10;
    }
  }
}
