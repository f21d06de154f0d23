import type { Box } from '../core/geometry.js';

/** One file that a run was given. Paths are bytes: a name need not be UTF-8. */
export interface SourceEntry {
  /** Absolute; or s3://bucket/key, which only src/queue/storage reads. */
  readonly path: Buffer;
  /** For the terminal only, with everything dangerous escaped. */
  readonly display: string;
  /** The folder that a symlink may not lead out of: the input folder, or that of a file that was named itself. */
  readonly root: Buffer;
  /** True when the file itself was named, false when it was found in a folder or by a glob. */
  readonly named: boolean;
  /** True when the file took the place of another one, so that what was published of that is withdrawn. */
  readonly isReplacement?: true;
}

/** What may lie beside a photo: PHOTO.keep.json, PHOTO.txt. */
export const SIDECAR_KINDS = ['keep', 'caption'] as const;
export type SidecarKind = (typeof SIDECAR_KINDS)[number];

/** What was found in the inputs of a run. */
export interface Collected {
  readonly entries: readonly SourceEntry[];
  /** Folders inside that could not be listed: what lies in them is unknown. */
  readonly unlisted: number;
  /** Keep files that lie beside no photo. */
  readonly strayKeepFiles: number;
  /** Files beside photos that are none and are not used (`isBesidePhotos`). */
  readonly besidePhotos: number;
}

/** What was read for one entry. */
export interface SourceFile {
  readonly bytes: Buffer;
  /** Hash of `bytes`, in hexadecimal. */
  readonly sha256: string;
  /** From the sidecar PHOTO.keep.json, in upright pixels; absent when there is none. */
  readonly keep?: readonly Box[];
  /** From the text file beside the photo; absent when there is none. */
  readonly caption?: string;
  /** Files beside the photo that are not what their names say; absent when there is none. */
  readonly notUsed?: readonly SidecarKind[];
}
