/** Work that is done one after the other, whatever became of what came before. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** @throws what `work` throws: only who asked for it hears of it */
  take<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }
}
