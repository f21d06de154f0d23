import type { ErrorCode } from '../../../core/errors.js';

/** Why a file is not even sent; undefined when it can be. */
export function fileProblem(size: number, maxBytes: number): ErrorCode | undefined {
  if (size === 0) return 'empty-file';
  return size > maxBytes ? 'too-large' : undefined;
}
