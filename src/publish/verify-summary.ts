import { createHash, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { VerifyFinding } from '../core/findings.js';
import { REPORT } from './output-place.js';
import { NotRead, readRegular, UNREADABLE } from './read-regular.js';
import { isSignedBy, SIGNATURE_FILE } from './signature.js';
import { summarySchema, type Summary } from './summary.js';
import type { Tally } from './tally.js';

/** In bytes; far beyond the size of any real file. */
const [MOST_SUMMARY, MOST_SIGNATURE, MOST_REPORT] = [2 ** 24, 2 ** 12, 2 ** 30];

export type Report = (file: string, problem: VerifyFinding) => void;

/** What the ledger itself says. */
export interface LedgerFacts {
  readonly tally: Tally;
  readonly records: number;
  readonly head: string;
}

export interface SummaryVerdict {
  /** Undefined when it is missing or not a summary. */
  readonly summary: Summary | undefined;
  readonly isSigned: boolean;
}

/** Checks summary.json against a fresh count of the ledger, its signature, and report.html, which the summary lists. */
export async function verifySummary(
  folder: string,
  ledger: LedgerFacts,
  publicKey: KeyObject | undefined,
  report: Report,
  tell: Report,
): Promise<SummaryVerdict> {
  const read = async (file: string, most: number): Promise<Buffer | undefined> => {
    try {
      return await readRegular(join(folder, file), most);
    } catch (error) {
      report(file, error instanceof NotRead ? error.finding : UNREADABLE);
      return undefined;
    }
  };
  const bytes = await read('summary.json', MOST_SUMMARY);
  const summary = bytes && parseSummary(bytes);
  if (!bytes) report('summary.json', { id: 'verify/no-summary', values: {} });
  else if (!summary) report('summary.json', { id: 'verify/not-a-summary', values: {} });
  else compare(summary, ledger, report);
  const signature = await read(SIGNATURE_FILE, MOST_SIGNATURE);
  if (publicKey && !signature) report(SIGNATURE_FILE, { id: 'verify/unsigned', values: {} });
  if (publicKey && signature && !(bytes && isSignedBy(bytes, signature, publicKey))) {
    report(SIGNATURE_FILE, { id: 'verify/wrong-signature', values: {} });
  }
  verifyReport(summary?.files?.[REPORT], await read(REPORT, MOST_REPORT), report, tell);
  return { summary, isSigned: signature !== undefined };
}

/** A summary written exactly as this tool writes it, to the last space: nothing else can be hidden in it. */
export function parseSummary(bytes: Buffer): Summary | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    const isPlain = `${JSON.stringify(value, null, 2)}\n` === bytes.toString('utf8');
    return isPlain ? summarySchema.safeParse(value).data : undefined;
  } catch {
    return undefined;
  }
}

function compare(summary: Summary, { tally, records, head }: LedgerFacts, report: Report): void {
  if (summary.ledger.records !== records || summary.ledger.head !== head) {
    report('ledger.jsonl', { id: 'verify/other-ledger', values: {} });
    return;
  }
  if (!hasCountsOf(summary, tally)) report('summary.json', { id: 'verify/other-counts', values: {} });
}

/** Whether the summary's counts agree with the ledger. */
export function hasCountsOf({ photos, cleared, review, refused, errors }: Summary, tally: Tally): boolean {
  const counted: Readonly<Record<string, number>> = { photos: tally.photos, ...tally.outcomes };
  const told: Readonly<Record<string, number>> = { photos, cleared, review, refused };
  return isSame(told, counted) && isSame(errors, tally.errors);
}

function isSame(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => a[name] === b[name]);
}

function verifyReport(
  sha256: string | undefined,
  bytes: Buffer | undefined,
  report: Report,
  tell: Report,
): void {
  if (!bytes) {
    if (sha256 !== undefined) tell(REPORT, { id: 'verify/no-report', values: {} });
  } else if (sha256 === undefined) {
    tell(REPORT, { id: 'verify/report-not-vouched', values: {} });
  } else if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    report(REPORT, { id: 'verify/other-report', values: {} });
  }
}
