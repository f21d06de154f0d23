import type { Limits } from '../../core/limits.js';
import type { SourceEntry } from '../../source/index.js';

/**
 * Carries finished files from the worker that made them to the process that publishes them. Names are those of
 * `StagingPlace`: random, and without a folder.
 */
export interface Exchange {
  /** The address at which a worker finds the same exchange (`openExchange`); jobs hold it. */
  readonly address: string;
  /**
   * Checks that files can be left here, before minutes are spent on making one.
   * @throws {ImageDeidError} output-unwritable
   */
  check(): Promise<void>;
  /**
   * Moves files out of a folder of this machine; once it has returned they are safe.
   * @throws {ImageDeidError} disk-full, output-unwritable
   */
  deliver(folder: string, names: readonly string[]): Promise<void>;
  /**
   * Puts files into a folder of this machine.
   * @returns false when one of them is no longer there
   * @throws {ImageDeidError} disk-full, output-unwritable
   */
  collect(names: readonly string[], folder: string): Promise<boolean>;
  /** Removes files; a file that is already gone is no error. @throws {ImageDeidError} output-unwritable */
  remove(names: readonly string[]): Promise<void>;
  /** Removes what nobody will collect, once the run is complete. @throws {ImageDeidError} output-unwritable */
  removeAll(): Promise<void>;
}

/** A place for photos that are not files of this machine. */
export interface PhotoStore {
  /**
   * Every photo under an address, with its current version, and how many objects lie beside photos and are none.
   * @throws {ImageDeidError} usage, input-gone
   */
  list(address: string): Promise<{
    readonly photos: readonly { readonly entry: SourceEntry; readonly version: string }[];
    readonly besidePhotos: number;
  }>;
  /**
   * Puts one photo, and the files beside it, into a folder of this machine.
   * @param version as `list` gave it
   * @returns the photo in the form that `readSource` takes
   * @throws {ImageDeidError} too-large, changed-while-reading, unreadable; input-gone when the store itself cannot be
   * read
   */
  fetch(
    entry: SourceEntry,
    version: string | undefined,
    folder: string,
    limits: Pick<Limits, 'maxBytes'>,
  ): Promise<SourceEntry>;
}
