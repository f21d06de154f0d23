import type { SourceEntry } from '../source/contract.js';

/** What became of a source, and under which name. */
export interface TreatedPhoto {
  /** Number of the photo's first record; a refusal that was tried again has a new one. */
  readonly seq: number;
  /** Name of what was published; absent when nothing was, or a person rejected it. */
  readonly name?: string;
}

/** The photos that already have a record, by path and source. */
export class Treated {
  private readonly byPath = new Map<string, Map<string, TreatedPhoto>>();

  /** @param source SHA-256 of the photo, or the code of the error that kept it from being read */
  add(path: string, source: string, photo: TreatedPhoto): void {
    const sources = this.byPath.get(path) ?? new Map<string, TreatedPhoto>();
    // So that the last one is always the last that was treated.
    sources.delete(source);
    this.byPath.set(path, sources.set(source, photo));
  }

  /** Forgets a photo that another record replaces: it is treated again when it comes back. */
  remove(path: string, seq: number): void {
    const sources = this.byPath.get(path);
    for (const [source, photo] of sources ?? []) if (photo.seq === seq) sources?.delete(source);
  }

  /** The last record of every source that was found at this path, in the order of treatment. */
  at(path: string): ReadonlyMap<string, TreatedPhoto> {
    return this.byPath.get(path) ?? NONE;
  }
}

const NONE: ReadonlyMap<string, TreatedPhoto> = new Map();

/** A path in the form that `Treated` and the name map use: a name need not be UTF-8. */
export function pathKey({ path }: Pick<SourceEntry, 'path'>): string {
  return path.toString('base64');
}
