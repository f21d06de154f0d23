import type { Limits } from '../../core/limits.js';
import type { SourceEntry } from '../../source/index.js';

/**
 * What carries finished files from the worker that made them to whoever publishes them. Names are those of
 * `StagingPlace`: random, and files of one folder.
 */
export interface Exchange {
  /** How a worker finds the same exchange (`openExchange`); goes into the jobs. */
  readonly address: string;
  /**
   * Whether files can be left here, before minutes are spent on making one.
   * @throws {ImageDeidError} output-unwritable
   */
  check(): Promise<void>;
  /**
   * Takes files out of a folder of this machine; when it returns they are safe.
   * @throws {ImageDeidError} disk-full, output-unwritable
   */
  deliver(folder: string, names: readonly string[]): Promise<void>;
  /**
   * Lays files into a folder of this machine.
   * @returns false when one is not there any more
   * @throws {ImageDeidError} disk-full, output-unwritable
   */
  collect(names: readonly string[], folder: string): Promise<boolean>;
  /** Removes files; it is no error when one is gone. @throws {ImageDeidError} output-unwritable */
  remove(names: readonly string[]): Promise<void>;
  /** Removes what nobody will collect any more, once the run is complete. @throws {ImageDeidError} output-unwritable */
  removeAll(): Promise<void>;
}

/** Where photos lie that are no files of this machine. */
export interface PhotoStore {
  /**
   * Every photo under an address, and its version as it is now.
   * @throws {ImageDeidError} usage, input-gone
   */
  list(address: string): Promise<{ readonly entry: SourceEntry; readonly version: string }[]>;
  /**
   * Lays one photo, and what lies beside it, into a folder of this machine.
   * @param version as `list` gave it
   * @returns the photo as `readSource` takes it
   * @throws {ImageDeidError} too-large, changed-while-reading, unreadable; input-gone when the store itself is
   */
  fetch(
    entry: SourceEntry,
    version: string | undefined,
    folder: string,
    limits: Pick<Limits, 'maxBytes'>,
  ): Promise<SourceEntry>;
}
