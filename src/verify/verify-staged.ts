import { asImageDeidError, ImageDeidError } from '../core/errors.js';
import type { DecodedImage } from '../core/image.js';
import type { Check, CheckResult, StagedFile, VerifySubject } from './contract.js';

export type { Check, CheckResult, CheckStatus, StagedFile, VerifySubject } from './contract.js';

export interface Verified {
  /** One per check that ran, in the order in which they ran. */
  readonly checks: readonly CheckResult[];
  /** What the file decodes to; absent when it does not. */
  readonly output?: DecodedImage;
}

/**
 * Decodes the staged file once and runs the checks on it, cheap ones first. The result is `could-not-tell` when a check
 * throws, answers under another check's id, or finds no decoded pixels to look at.
 * @param settles whether a result already decides what becomes of the file: later checks could not change that, and
 * are not run
 * @throws {ImageDeidError} internal, when there is no check to run
 */
export async function verifyStaged(
  file: StagedFile,
  checks: readonly Check[],
  settles: (result: CheckResult) => boolean,
): Promise<Verified> {
  if (checks.length === 0) {
    throw new ImageDeidError({ id: 'error/internal/no-checks', values: {} }, 'verify');
  }
  const subject = await decodeStaged(file);
  const results: CheckResult[] = [];
  for (const check of checks) {
    const result = await runCheck(check, subject);
    results.push(result);
    if (settles(result)) break;
  }
  return { checks: results, ...(subject.output && { output: subject.output }) };
}

async function decodeStaged(file: StagedFile): Promise<VerifySubject> {
  try {
    return { ...file, output: await file.format.decode(file.staged, file.limits) };
  } catch (error) {
    return { ...file, outputError: asImageDeidError(error, 'verify').toJSON() };
  }
}

async function runCheck(check: Check, subject: VerifySubject): Promise<CheckResult> {
  try {
    const result = await check.run(subject);
    if (result.check === check.id) return result;
    const details = { id: 'check/wrong-id', values: { check: check.id } };
    return { check: check.id, status: 'could-not-tell', details };
  } catch (error) {
    const { code, stage } = asImageDeidError(error, 'verify');
    const details = { id: 'check/failed', values: { check: check.id, stage, code } };
    return { check: check.id, status: 'could-not-tell', details };
  }
}
