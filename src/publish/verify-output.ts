import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { ImageDeidError } from '../core/errors.js';
import type { Finding } from '../core/finding.js';
import type { VerifyFinding } from '../core/findings.js';
import { fileAttributes } from './file-attributes.js';
import { readSoundChain } from './ledger-chain.js';
import { recordOf } from './ledger-record.js';
import { outputPlace } from './output-place.js';
import { kindOf, UNREADABLE } from './read-regular.js';
import { strangeFiles, type StrangeFile } from './strange-files.js';
import { Tally } from './tally.js';
import { verifyPhoto, type PublishedPhoto } from './verify-photo.js';
import { verifySummary, type LedgerFacts, type Report } from './verify-summary.js';

const LEDGER = 'ledger.jsonl';

export interface OutputProblem {
  /** Its path, relative to the output folder. */
  readonly file: string;
  readonly problem: Finding;
  /** How `cleanOutput` removes the problem; absent when it cannot be mended here. */
  readonly cure?: 'remove' | 'write-anew';
  /** The question has no answer: nothing was found, and nothing was ruled out. */
  readonly isUnproven?: true;
}

export interface VerifyOptions {
  /** The key with which the run must be signed. */
  readonly publicKey?: KeyObject;
  /** With fewer records than this the folder is an earlier state. */
  readonly expectRecords?: number;
}

export interface OutputVerdict {
  /** Photos that the ledger says are there. */
  readonly photos: number;
  /** Where those photos lie, relative to the folder. */
  readonly files: readonly string[];
  /** Files besides photos that the summary vouches for: the report, its pictures, the table. */
  readonly vouched: readonly string[];
  /** How many of them lie in review/: a person must look at these first. */
  readonly inReview: number;
  readonly records: number;
  /** How often the summary was written; undefined in runs of earlier versions. */
  readonly run: number | undefined;
  /** The records up to this one had no signature when the run was first signed; 0 when all had one. */
  readonly unsignedUpTo: number;
  /** Whether there is a signature; it was checked only if a public key was given. */
  readonly isSigned: boolean;
  readonly problems: readonly OutputProblem[];
  /** What belongs to the owner of the run, and must be removed before the folder is shared. */
  readonly privateParts: readonly string[];
  /** What `cleanOutput` removes: the private parts, files that the ledger does not know, and the system's own files. */
  readonly removable: readonly StrangeFile[];
  /** What is not a fault, but worth knowing. */
  readonly told: readonly OutputProblem[];
  /** Whether the attributes of files could be read. */
  readonly knowsAttributes: boolean;
}

/**
 * Checks finished photos again: the ledger's chain, its head and its counts; every photo's SHA-256, container and
 * encoding; the report; who signed; that nothing else lies in the folder; and what the files carry besides their
 * content. Needs no `.state`, follows no link, and opens only regular files.
 * @throws {ImageDeidError} usage when the folder holds no ledger
 */
export async function verifyOutput(
  folder: string,
  { publicKey, expectRecords = 0 }: VerifyOptions = {},
): Promise<OutputVerdict> {
  const problems: OutputProblem[] = [];
  const told: OutputProblem[] = [];
  const report: Report = (file, problem) => problems.push({ file, problem });
  const tell: Report = (file, problem) => told.push({ file, problem });
  // Keyed by the number of a photo's first record: a person's decision replaces what became of it.
  const standing = new Map<number, PublishedPhoto>();
  const ledger = await readLedger(folder, standing, report);
  if (ledger.records < expectRecords) {
    const values = { records: ledger.records, expected: expectRecords };
    report(LEDGER, { id: 'verify/fewer-records', values });
  }
  const { summary, isSigned, vouched } = await verifySummary(folder, ledger, publicKey, report, tell);
  const photos = new Map([...standing.values()].map((photo) => [`${photo.outcome}/${photo.name}`, photo]));
  const strange = await strangeFiles(folder, new Set([...photos.keys(), ...vouched]));
  await verifyPhotos(folder, photos, problems, tell);
  for (const file of strange.unreadable) report(file, { id: 'verify/folder-unreadable', values: {} });
  for (const { file } of strange.unknown) {
    problems.push({ file, problem: { id: 'verify/unknown-file', values: {} }, cure: 'remove' });
  }
  for (const { file } of strange.bySystem) {
    told.push({ file, problem: { id: 'verify/system-file', values: {} }, cure: 'remove' });
  }
  const removable = [...strange.private, ...strange.unknown, ...strange.bySystem];
  const attributes = await fileAttributes(folder);
  for (const [file, names] of attributes ?? []) {
    if (removable.some((other) => file === other.file || file.startsWith(`${other.file}/`))) continue;
    const problem: VerifyFinding = { id: 'verify/attributes', values: { names } };
    const isFile = (await kindOf(join(folder, file))) === 'file';
    problems.push({ file, problem, ...(isFile && { cure: 'write-anew' as const }) });
  }
  return {
    photos: standing.size,
    files: [...photos.keys()],
    vouched,
    inReview: [...standing.values()].filter(({ outcome }) => outcome === 'review').length,
    records: ledger.records,
    run: summary?.run,
    unsignedUpTo: summary?.unsignedUpTo ?? 0,
    isSigned,
    problems,
    privateParts: strange.private.map(({ file }) => file),
    removable,
    told,
    knowsAttributes: attributes !== undefined,
  };
}

/** Checks every photo in the ledger. When only cleared photos are shared, review/ may be missing as a whole. */
async function verifyPhotos(
  folder: string,
  photos: ReadonlyMap<string, PublishedPhoto>,
  problems: OutputProblem[],
  tell: Report,
): Promise<void> {
  const inReview = [...photos].filter(([, { outcome }]) => outcome === 'review');
  let hasReview = inReview.length === 0;
  for (const [file] of inReview) hasReview ||= (await kindOf(join(folder, file))) !== 'absent';
  if (!hasReview) tell('review', { id: 'verify/review-absent', values: { photos: inReview.length } });
  for (const [file, photo] of photos) {
    if (photo.outcome === 'review' && !hasReview) continue;
    const found = await verifyPhoto(folder, photo);
    if (!found) continue;
    problems.push({ file, problem: found.problem, ...(found.isUnproven && { isUnproven: true as const }) });
  }
}

/** What the ledger holds, up to where its chain breaks. */
async function readLedger(
  folder: string,
  standing: Map<number, PublishedPhoto>,
  report: Report,
): Promise<LedgerFacts> {
  const path = outputPlace(folder).ledger;
  const tally = new Tally();
  const kind = await kindOf(path).catch(() => 'absent' as const);
  if (kind === 'absent') {
    throw new ImageDeidError({ id: 'error/usage/no-ledger', values: {} }, 'usage');
  }
  if (kind !== 'file') {
    report(LEDGER, { id: 'verify/not-a-file', values: { kind } });
    return { tally, records: 0, head: '' };
  }
  const chain = await readSoundChain(path, (link) => {
    const record = recordOf(link);
    if (!record) {
      report(LEDGER, { id: 'verify/record-foreign', values: { record: link.seq } });
      return;
    }
    tally.add(record);
    const { seq, decisionOf, replaces, outcome, output } = record;
    if ((outcome === 'refused') !== (output === undefined)) {
      report(LEDGER, { id: 'verify/record-contradicts', values: { record: seq } });
    }
    if (replaces !== undefined) standing.delete(replaces);
    if (outcome === 'refused' || !output) standing.delete(decisionOf ?? seq);
    else standing.set(decisionOf ?? seq, { outcome, ...output });
  }).catch(() => undefined);
  if (!chain) {
    report(LEDGER, UNREADABLE);
    return { tally, records: 0, head: '' };
  }
  if (chain.isBroken) report(LEDGER, { id: 'verify/chain-broken', values: { line: chain.records + 1 } });
  else if (chain.tornBytes > 0) report(LEDGER, { id: 'verify/line-torn', values: {} });
  return { tally, records: chain.records, head: chain.head };
}
