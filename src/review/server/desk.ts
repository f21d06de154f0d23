import type { ErrorOnTheWay } from '../../core/errors.js';
import type { LedgerDraft } from '../../publish/contract.js';
import type { StagedPhoto } from '../../publish/index.js';
import type { RunBounds } from '../../risk/index.js';
import type { CheckView, Edit, PhotoView, Save } from '../api.js';

/** A photo that may be let out. */
export interface SavedPhoto {
  readonly bytes: Uint8Array;
  /** The extension, without a dot. */
  readonly extension: string;
  /** The record of what a person says: their reason for letting it out, or their statement that nothing else shows. */
  readonly record?: LedgerDraft;
}

/**
 * Everything that is done with untrusted photos, in a process of its own (`PhotoProcess`); ids are those of
 * `PhotoView`. Everything passed in and out is data. All methods throw ImageDeidError; those about one photo throw
 * `internal` when that photo is not held.
 */
export interface Desk {
  /**
   * Decodes a photo and takes a quick look.
   * @param first what is already decided
   * @param run that the photo belongs to, if any
   */
  open(bytes: Uint8Array, first: Partial<Edit>, run?: RunBounds): Promise<PhotoView>;
  /** A JPEG of a photo as it is, PREVIEW_SIDE at most; nothing is looked for, and nothing is held. */
  glance(bytes: Uint8Array): Promise<Uint8Array>;
  /** Waits for the thorough look. */
  ready(id: string): Promise<PhotoView>;
  edit(id: string, edit: Edit): Promise<PhotoView>;
  /** A JPEG of the photo as it is, as it will be, or as the full check wrote it. */
  picture(id: string, which: 'before' | 'after' | 'written'): Promise<Uint8Array>;
  check(id: string): Promise<CheckView>;
  /** @throws {ImageDeidError} not-cleared */
  save(id: string, save: Save): Promise<SavedPhoto>;
  /** Writes the photo to a staging folder. @throws {ImageDeidError} not-cleared */
  stage(id: string, save: Save, folder: string): Promise<{ staged: StagedPhoto; draft: LedgerDraft }>;
  drop(id: string): Promise<void>;
}

/** A call to the process. */
export interface DeskCall {
  readonly call: number;
  readonly method: keyof Desk;
  readonly args: readonly unknown[];
}

/** Its answer; the first one, to call 0, says that it is ready for others. */
export type DeskAnswer =
  | { readonly call: number; readonly result: unknown }
  | { readonly call: number; readonly failed: ErrorOnTheWay };
