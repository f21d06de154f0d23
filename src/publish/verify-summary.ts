import { createHash, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { VerifyFinding } from '../core/findings.js';
import { PICTURES, REPORT, TABLE } from './output-place.js';
import { NotRead, readRegular, UNREADABLE } from './read-regular.js';
import { picturesNamedIn } from './report-pictures.js';
import { isSignedBy, SIGNATURE_FILE } from './signature.js';
import { summarySchema, type Summary } from './summary.js';
import type { Tally } from './tally.js';

/** In bytes; far beyond the size of any real file. */
const [MOST_SUMMARY, MOST_SIGNATURE, MOST_REPORT, MOST_PICTURE] = [2 ** 24, 2 ** 12, 2 ** 30, 2 ** 22];

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
  /** Files besides photos that it vouches for, relative to the folder, whether they are there or not. */
  readonly vouched: readonly string[];
}

/**
 * Checks summary.json against a fresh count of the ledger, its signature, report.html and summary.csv, which the summary
 * lists, and the pictures that the report names.
 */
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
  const vouched: string[] = [];
  for (const file of [REPORT, TABLE] as const) {
    const sha256 = summary?.files?.[file];
    if (sha256 === undefined) continue;
    vouched.push(file);
    const found = await read(file, MOST_REPORT);
    if (!found) tell(file, { id: 'verify/no-report', values: {} });
    else if (sha256Of(found) !== sha256) report(file, { id: 'verify/other-report', values: {} });
    else if (file === REPORT) vouched.push(...(await verifyPictures(found, read, report, tell)));
  }
  if (!vouched.includes(REPORT) && (await read(REPORT, MOST_REPORT))) {
    tell(REPORT, { id: 'verify/report-not-vouched', values: {} });
  }
  return { summary, isSigned: signature !== undefined, vouched };
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

/** Each picture that the report names is a file of that SHA-256; where none is there, only the page was passed on. */
async function verifyPictures(
  page: Buffer,
  read: (file: string, most: number) => Promise<Buffer | undefined>,
  report: Report,
  tell: Report,
): Promise<string[]> {
  const files: string[] = [];
  let isMissing = false;
  for (const sha256 of picturesNamedIn(page.toString('utf8'))) {
    const file = `${PICTURES}/${sha256}.jpg`;
    const bytes = await read(file, MOST_PICTURE);
    isMissing ||= !bytes;
    if (bytes && sha256Of(bytes) !== sha256) report(file, { id: 'verify/other-report', values: {} });
    files.push(file);
  }
  if (isMissing) tell(PICTURES, { id: 'verify/no-report', values: {} });
  return files;
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
