/** Work that is done one after the other, whatever became of what came before. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /**
   * @param key work of other keys is not waited for
   * @throws what `work` throws: only who asked for it hears of it
   */
  async take<T>(work: () => Promise<T>, key = ''): Promise<T> {
    const before = this.last.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.last.get(key) === turn) this.last.delete(key);
    }
  }
}
