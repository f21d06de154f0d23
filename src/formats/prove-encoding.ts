import { asImageDeidError, type ErrorCode } from '../core/errors.js';
import type { Limits } from '../core/limits.js';
import type { ImageFormatPlugin } from './contract.js';
import { differentVersions, encoderVersions, type EncoderVersions } from './encoder-versions.js';

export interface EncodingProof {
  /** `found`: the bytes hold something that does not follow from the picture. `could-not-tell` is never a pass. */
  readonly status: 'not-found' | 'found' | 'could-not-tell';
  /** In plain words. */
  readonly details: string;
}

/** What says nothing about the file: the machine was too slow, or the picture is larger than the limits. */
const NO_ANSWER: readonly ErrorCode[] = ['timeout', 'too-many-pixels', 'too-many-frames', 'internal'];

/**
 * Whether a file is, byte for byte, what this tool writes for the picture in it: nothing can then hide in its entropy-coded
 * data, in unused tables or between them. What the picture itself says, down to its lowest bits, is no part of the proof.
 * @param writtenWith versions that wrote the file, as its record has them; undefined when it has none
 */
export async function proveEncoding(
  bytes: Uint8Array,
  format: ImageFormatPlugin,
  limits: Limits,
  writtenWith: EncoderVersions | undefined,
): Promise<EncodingProof> {
  if (!format.isOwn)
    return { status: 'could-not-tell', details: `${format.title} files are not written by this tool` };
  let why = 'writing its picture again gives other bytes';
  try {
    // Whatever wrote it: the same bytes are the same bytes.
    if (await format.isOwn(bytes, limits)) {
      return { status: 'not-found', details: 'Writing its picture again gives the same bytes' };
    }
  } catch (error) {
    const { code, message } = asImageDeidError(error, 'verify');
    if (NO_ANSWER.includes(code)) {
      return { status: 'could-not-tell', details: `The file could not be written again: ${message}` };
    }
    why = `its picture cannot be written again (${code})`;
  }
  const others = writtenWith && differentVersions(writtenWith, encoderVersions(format.id));
  if (others === '') return { status: 'found', details: `The file is not as this tool writes it: ${why}` };
  const versions = others ?? 'its record does not say with what versions it was written';
  return {
    status: 'could-not-tell',
    details: `Whether anything hides in the encoding can only be told with the versions that wrote it (${versions})`,
  };
}
