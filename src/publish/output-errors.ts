import { ImageDeidError } from '../core/errors.js';
import { systemCode } from '../core/system-code.js';

/** What a failed write means for the run; the system's own message names paths and stays in `cause`. */
export function outputError(error: unknown): ImageDeidError {
  if (error instanceof ImageDeidError) return error;
  const code = systemCode(error);
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) {
    return new ImageDeidError(
      'disk-full',
      'publish',
      'There is no space left for the output; free some and give the same command again',
      { cause: error },
    );
  }
  return new ImageDeidError(
    'output-unwritable',
    'publish',
    `The output folder cannot be written${code ? ` (${code})` : ''}; nothing was overwritten`,
    { cause: error },
  );
}

/** Runs a write and turns what it throws into a typed error. */
export async function writing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw outputError(error);
  }
}
