import type { SourceEntry } from '../source/contract.js';

/** The photos that already have a record: its number, by path and source. */
export class Treated {
  private readonly byPath = new Map<string, Map<string, number>>();

  /** @param source SHA-256 of the photo, or the code of the error that kept it from being read */
  add(path: string, source: string, seq: number): void {
    const sources = this.byPath.get(path);
    if (sources) sources.set(source, seq);
    else this.byPath.set(path, new Map([[source, seq]]));
  }

  /** The number of the last record of every source that was found at this path. */
  at(path: string): ReadonlyMap<string, number> {
    return this.byPath.get(path) ?? NONE;
  }
}

const NONE: ReadonlyMap<string, number> = new Map();

/** A path in the form that `Treated` and the name map use: a name need not be UTF-8. */
export function pathKey({ path }: Pick<SourceEntry, 'path'>): string {
  return path.toString('base64');
}
