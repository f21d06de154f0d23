import { asImageDeidError, type ErrorCode } from '../core/errors.js';
import type { EncodingFinding } from '../core/findings.js';
import type { Limits } from '../core/limits.js';
import type { ImageFormatPlugin } from './contract.js';
import { differentVersions, encoderVersions, type EncoderVersions } from './encoder-versions.js';

export interface EncodingProof {
  /** `found`: the bytes hold something that does not follow from the picture. `could-not-tell` is never a pass. */
  readonly status: 'not-found' | 'found' | 'could-not-tell';
  readonly details: EncodingFinding;
}

/** Errors that say nothing about the file: the machine was too slow, or the picture is larger than the limits. */
const NO_ANSWER: readonly ErrorCode[] = ['timeout', 'too-many-pixels', 'too-many-frames', 'internal'];

/**
 * Whether a file is, byte for byte, what this tool writes for the picture in it: then nothing can hide in its
 * entropy-coded data, in unused tables or between them. What the pixels themselves say, down to their lowest bits, is
 * not part of the proof.
 * @param writtenWith versions that wrote the file, as its record has them; undefined when it has none
 */
export async function proveEncoding(
  bytes: Uint8Array,
  format: ImageFormatPlugin,
  limits: Limits,
  writtenWith: EncoderVersions | undefined,
): Promise<EncodingProof> {
  if (!format.isOwn) {
    const details: EncodingFinding = { id: 'encoding-proof/foreign-format', values: { format: format.id } };
    return { status: 'could-not-tell', details };
  }
  let found: EncodingFinding = { id: 'encoding-proof/other-bytes', values: {} };
  try {
    // When the bytes are the same, it does not matter which versions wrote the file.
    if (await format.isOwn(bytes, limits)) {
      return { status: 'not-found', details: { id: 'encoding-proof/same-bytes', values: {} } };
    }
  } catch (error) {
    const { code } = asImageDeidError(error, 'verify');
    if (NO_ANSWER.includes(code)) {
      return { status: 'could-not-tell', details: { id: 'encoding-proof/no-answer', values: { code } } };
    }
    found = { id: 'encoding-proof/not-rewritable', values: { code } };
  }
  const others = writtenWith && differentVersions(writtenWith, encoderVersions(format.id));
  if (others === '') return { status: 'found', details: found };
  return {
    status: 'could-not-tell',
    details:
      others === undefined
        ? { id: 'encoding-proof/versions-unknown', values: {} }
        : { id: 'encoding-proof/other-versions', values: { versions: others } },
  };
}
