import type { ErrorCode, ImageDeidError } from '../core/errors.js';

/** Exit codes; other programs may rely on them. */
export const EXIT = { allCleared: 0, runFailed: 1, wrongUsage: 2, needsAttention: 3 } as const;

const WRONG_USAGE: readonly ErrorCode[] = ['usage', 'output-not-empty', 'output-inside-input'];

/** The exit code for an error that ends the whole run. */
export function exitCodeOf(error: ImageDeidError): number {
  return WRONG_USAGE.includes(error.code) ? EXIT.wrongUsage : EXIT.runFailed;
}
