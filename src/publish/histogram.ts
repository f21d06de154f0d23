/** How many values lie in each of several ranges that follow each other. */
export class Histogram {
  readonly counts: number[];

  /** @param edges ascending; a range holds its upper edge, and the first range its lower edge too */
  constructor(readonly edges: readonly number[]) {
    this.counts = edges.slice(1).map(() => 0);
  }

  /** What is beyond the last edge, or no number, counts in the last range. */
  add(value: number): void {
    const found = this.edges.slice(1).findIndex((upper) => value <= upper);
    const at = found < 0 ? this.counts.length - 1 : found;
    this.counts[at] = (this.counts[at] ?? 0) + 1;
  }

  get total(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }
}
