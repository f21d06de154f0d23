import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { asImageDeidError } from '../core/errors.js';
import type { Finding } from '../core/finding.js';
import { DEFAULT_LIMITS } from '../core/limits.js';
import { formatById, proveEncoding } from '../formats/index.js';
import { walkContainer } from '../verify/index.js';
import type { Outcome, PublishedFile } from './contract.js';
import { NotRead, readRegular, UNREADABLE } from './read-regular.js';

/** A file that must exist, unchanged since it was written. */
export interface PublishedPhoto extends PublishedFile {
  readonly outcome: Exclude<Outcome, 'refused'>;
}

/** What is wrong with a photo. */
export interface PhotoProblem {
  readonly problem: Finding;
  /** The proof gave no answer: nothing was found, and nothing was ruled out. */
  readonly isUnproven: boolean;
}

/** Verifying is not urgent: the proof may run on a slower machine than the one that wrote the photo. */
const LIMITS = { ...DEFAULT_LIMITS, codecSeconds: 600 };

/**
 * Checks one photo: it must be the file in the ledger, its container must hold nothing but pixels, and its bytes must
 * follow from its picture.
 * @returns undefined when all of this is so
 */
export async function verifyPhoto(folder: string, photo: PublishedPhoto): Promise<PhotoProblem | undefined> {
  const failed = (problem: Finding) => ({ problem, isUnproven: false });
  let bytes: Buffer | undefined;
  try {
    bytes = await readRegular(join(folder, photo.outcome, photo.name), photo.bytes);
  } catch (error) {
    return failed(error instanceof NotRead ? error.finding : UNREADABLE);
  }
  if (!bytes) return failed({ id: 'verify/missing', values: {} });
  if (createHash('sha256').update(bytes).digest('hex') !== photo.sha256) {
    return failed({ id: 'verify/other-file', values: {} });
  }
  const format = formatById(photo.format);
  try {
    const { status, details } = walkContainer(bytes, format);
    if (status !== 'not-found') return failed(details);
  } catch (error) {
    return failed(asImageDeidError(error, 'verify').finding);
  }
  const { status, details } = await proveEncoding(bytes, format, LIMITS, photo.encoder);
  return status === 'not-found' ? undefined : { problem: details, isUnproven: status === 'could-not-tell' };
}
