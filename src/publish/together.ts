/** Something to be written, and whoever waits for it. */
interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/** What became of items that were written together, as far as it went, and why it went no further. */
export interface Written<Result> {
  readonly results: readonly Result[];
  readonly failure?: PromiseRejectedResult | undefined;
}

/** Writes items one after the other, and together those that come while others are written. */
export class Together<Item, Result> {
  private readonly waiting: Waiting<Item, Result>[] = [];
  private isWriting = false;

  /**
   * @param most items at once: so many are done again after a crash
   * @param keyOf two items of the same key are never written together
   * @param write is given one or more items, in the order in which they came, and is not called again before it ends
   */
  constructor(
    private readonly most: number,
    private readonly keyOf: (item: Item) => string,
    private readonly write: (take: () => readonly Item[]) => Promise<Written<Result>>,
  ) {}

  /** @throws what `write` throws, or returns as a failure */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      // Whoever comes later is taken along.
      if (!this.isWriting) this.go();
    });
  }

  private go(): void {
    this.isWriting = true;
    let taken: readonly Waiting<Item, Result>[] = [];
    const take = () => (taken = this.take()).map(({ item }) => item);
    // What fails for one fails for all; those that were written do not hear of it.
    const fail = (error: unknown) => {
      this.isWriting = false;
      for (const waiting of [...taken, ...this.waiting.splice(0)]) waiting.reject(error);
    };
    this.write(take).then(({ results, failure }) => {
      this.isWriting = false;
      for (const [i, result] of results.entries()) taken[i]?.resolve(result);
      if (failure) fail(failure.reason);
      else if (this.waiting.length > 0) this.go();
    }, fail);
  }

  private take(): readonly Waiting<Item, Result>[] {
    const keys = new Set<string>();
    const end = this.waiting.findIndex(({ item }) => {
      const key = this.keyOf(item);
      if (keys.has(key) || keys.size === this.most) return true;
      keys.add(key);
      return false;
    });
    return this.waiting.splice(0, end < 0 ? this.waiting.length : end);
  }
}
