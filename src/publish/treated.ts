import type { SourceEntry } from '../source/contract.js';

/** What became of a source, and under which name. */
export interface TreatedPhoto {
  /** Number of the photo's first record; a refusal that was tried again has a new one. */
  readonly seq: number;
  /** SHA-256 of the photo, or the code of the error that kept it from being read. */
  readonly source: string;
  /** Name of what was published; absent when nothing was, or a person rejected it. */
  readonly name?: string;
}

/** The photos that already have a record, by path and source. There may be millions, most of them alone at their path. */
export class Treated {
  private readonly byPath = new Map<string, readonly TreatedPhoto[]>();

  add(path: string, photo: TreatedPhoto): void {
    const others = this.at(path).filter(({ source }) => source !== photo.source);
    this.byPath.set(path, [...others, photo]);
  }

  /** Forgets a photo that another record replaces: it is treated again when it comes back. */
  remove(path: string, seq: number): void {
    this.byPath.set(
      path,
      this.at(path).filter((photo) => photo.seq !== seq),
    );
  }

  /** The last record of every source that was found at this path, in the order of treatment. */
  at(path: string): readonly TreatedPhoto[] {
    return this.byPath.get(path) ?? [];
  }
}

/** A path in the form that `Treated` and the name map use: a name need not be UTF-8. */
export function pathKey({ path }: Pick<SourceEntry, 'path'>): string {
  return path.toString('base64');
}
