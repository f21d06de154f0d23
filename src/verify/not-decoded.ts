import type { CheckResult, VerifySubject } from './contract.js';

/** What a check that looks at pixels answers when the written file has none. */
export function notDecoded(check: string, { outputError }: VerifySubject): CheckResult {
  const values = { check, code: outputError?.code ?? 'unknown' };
  return { check, status: 'could-not-tell', details: { id: 'check/not-decoded', values } };
}
