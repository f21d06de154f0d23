import { ImageDeidError } from '../core/errors.js';
import { systemCode } from '../core/system-code.js';

/** What a failed write means for the run; the system's own message names paths and stays in `cause`. */
export function outputError(error: unknown): ImageDeidError {
  if (error instanceof ImageDeidError) return error;
  const code = systemCode(error);
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) {
    return new ImageDeidError({ id: 'error/disk-full/output', values: {} }, 'publish', { cause: error });
  }
  return new ImageDeidError({ id: 'error/output-unwritable/system', values: { code } }, 'publish', {
    cause: error,
  });
}

/** Runs a write and turns what it throws into a typed error. */
export async function writing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw outputError(error);
  }
}
