import { asImageDeidError, ImageDeidError } from '../core/errors.js';
import type { Check, CheckResult, StagedFile, VerifySubject } from './contract.js';

export type { Check, CheckResult, CheckStatus, StagedFile, VerifySubject } from './contract.js';

/**
 * Decodes the staged file once and runs every check on it. One result per check, in their order.
 * A check that throws, answers for another check or has no decoded pixels to look at gives `could-not-tell`.
 * @throws {ImageDeidError} internal, when there is no check to run
 */
export async function verifyStaged(file: StagedFile, checks: readonly Check[]): Promise<CheckResult[]> {
  if (checks.length === 0) {
    throw new ImageDeidError('internal', 'verify', 'Expected at least one check but received none');
  }
  const subject = await decodeStaged(file);
  const results: CheckResult[] = [];
  for (const check of checks) results.push(await runCheck(check, subject));
  return results;
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
    return { check: check.id, status: 'could-not-tell', details: 'The check answered under another id' };
  } catch (error) {
    const { code, stage } = asImageDeidError(error, 'verify');
    return { check: check.id, status: 'could-not-tell', details: `The check failed (${stage}: ${code})` };
  }
}
