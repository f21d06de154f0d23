import type { DecodedImage, ImageFormat } from '../core/image.js';
import type { Limits } from '../core/limits.js';
import type { ContainerPart } from '../core/metadata.js';

export interface EncodeOptions {
  readonly limits: Limits;
}

/**
 * One image format: a folder that knows its container and nothing else.
 * Outside the contract: metadata semantics beyond naming a part (src/metadata), files (src/source, src/publish).
 */
export interface ImageFormatPlugin {
  readonly id: ImageFormat;
  /** For people: "JPEG". */
  readonly title: string;
  /** Of a written file, without the dot. */
  readonly extension: string;
  /** Whether the first bytes belong to this format. Must not throw; needs at most 4096 bytes. */
  sniff(bytes: Uint8Array): boolean;
  /**
   * Walks the whole container, in file order. Every byte lies in exactly one part; unclaimed bytes become parts named
   * "trailing" or "gap". Linear in the number of parts; loops and nesting are bounded.
   * A damaged file gives the parts up to the damage and then a part named "malformed" (not allowed).
   */
  walk(bytes: Uint8Array): ContainerPart[];
  /**
   * Every frame as upright sRGB pixels (orientation applied, ICC converted, CMYK and 16 bits converted).
   * @throws {ImageDeidError} truncated, malformed, decode-failed, too-many-pixels, too-many-frames, timeout
   */
  decode(bytes: Uint8Array, limits: Limits): Promise<DecodedImage>;
  /**
   * Only pixels and the container parts that `walk` allows; fixed settings, so that the same pixels give the same
   * bytes. Absent when the format cannot be written (HEIC).
   * @throws {ImageDeidError} encode-failed, timeout; too-many-frames when the format holds one frame only
   */
  encode?(image: DecodedImage, options: EncodeOptions): Promise<Uint8Array>;
  /**
   * Whether the file is, byte for byte, what `encode` writes for its picture: then nothing can hide in the encoding.
   * True for every file that `encode` wrote with the same versions of its libraries. Absent when there is no `encode`.
   * @throws {ImageDeidError} what `decode` and `encode` throw
   */
  isOwn?(bytes: Uint8Array, limits: Limits): Promise<boolean>;
}
