import { createHash, type KeyObject } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { asImageDeidError, ImageDeidError } from '../core/errors.js';
import type { ImageFormat } from '../core/image.js';
import { formatById } from '../formats/index.js';
import { walkContainer } from '../verify/index.js';
import { OUTCOMES, type Outcome } from './contract.js';
import { unlessAbsent } from './durable-files.js';
import { readChain, type ChainEnd } from './ledger-chain.js';
import { publishedFile } from './output-name.js';
import { outputPlace, REVIEW_REPORT } from './output-place.js';
import { isSignedBy, SIGNATURE_FILE } from './signature.js';
import { summarySchema } from './summary.js';

/** What `verifyOutput` relies on in a record; the rest is for people. */
const recordSchema = z.object({
  seq: z.number(),
  decisionOf: z.number().optional(),
  outcome: z.enum(OUTCOMES),
  output: publishedFile.optional(),
});

export interface OutputProblem {
  /** Relative to the output folder. */
  readonly file: string;
  readonly problem: string;
}

export interface OutputVerdict {
  /** Photos that were looked at. */
  readonly photos: number;
  readonly records: number;
  /** Whether there is a signature; only with a public key it was checked. */
  readonly isSigned: boolean;
  readonly problems: readonly OutputProblem[];
}

/**
 * Checks finished photos again: the ledger's chain and its head, every photo's SHA-256, its container against the
 * allow-list, that no other file lies among them, and with a public key, who signed the summary. Needs no `.state`.
 * @throws {ImageDeidError} usage when the folder holds no ledger that can be read
 */
export async function verifyOutput(folder: string, publicKey?: KeyObject): Promise<OutputVerdict> {
  const problems: OutputProblem[] = [];
  const report = (file: string, problem: string) => problems.push({ file, problem });
  // By the number of a photo's first record: a person's decision replaces what became of it.
  const standing = new Map<number, PublishedPhoto>();
  const chain = await readLedger(folder, (record) => {
    const parsed = recordSchema.safeParse(record);
    if (!parsed.success) {
      report('ledger.jsonl', `Record ${record.seq} is not a record of this tool`);
      return;
    }
    const { seq, decisionOf, outcome, output } = parsed.data;
    if ((outcome === 'refused') !== (output === undefined)) {
      report('ledger.jsonl', `Record ${seq} is "${outcome}" and ${output ? 'names' : 'names no'} photo`);
    }
    if (decisionOf !== undefined && decisionOf >= seq) {
      report('ledger.jsonl', `Record ${seq} decides about a photo that comes after it`);
    }
    if (outcome === 'refused' || !output) standing.delete(decisionOf ?? seq);
    else standing.set(decisionOf ?? seq, { outcome, ...output });
  });
  if (chain.tornBytes > 0) {
    report('ledger.jsonl', 'The last line is torn off; run the same command again');
  }
  const summary = await checkSummary(folder, chain, report);
  const isSigned = await checkSignature(folder, summary, publicKey, report);
  const expected = new Set<string>();
  for (const photo of standing.values()) {
    const file = `${photo.outcome}/${photo.name}`;
    expected.add(file);
    const problem = await checkPhoto(join(folder, photo.outcome, photo.name), photo);
    if (problem !== undefined) report(file, problem);
  }
  for (const outcome of ['cleared', 'review'] as const) {
    for (const name of await namesIn(folder, outcome, report)) {
      const isKnown = expected.has(`${outcome}/${name}`) || `${outcome}/${name}` === REVIEW_REPORT;
      if (!isKnown) report(`${outcome}/${name}`, 'The ledger knows no such file');
    }
  }
  return { photos: standing.size, records: chain.records, isSigned, problems };
}

/** A file that must be there, as it was written. */
interface PublishedPhoto {
  readonly outcome: Exclude<Outcome, 'refused'>;
  readonly name: string;
  readonly sha256: string;
  readonly format: ImageFormat;
}

type Report = (file: string, problem: string) => void;

/** What lies in a folder of photos; a copy may lack an empty one, but one that cannot be read is a problem. */
async function namesIn(folder: string, outcome: string, report: Report): Promise<string[]> {
  try {
    return await readdir(join(folder, outcome));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') report(outcome, 'The folder cannot be read');
    return [];
  }
}

async function readLedger(folder: string, onRecord: Parameters<typeof readChain>[1]): Promise<ChainEnd> {
  const path = outputPlace(folder).ledger;
  try {
    await access(path, constants.R_OK);
  } catch (cause) {
    throw new ImageDeidError('usage', 'usage', 'The folder holds no ledger.jsonl; give the --out of a run', {
      cause,
    });
  }
  return readChain(path, onRecord);
}

/** @returns the summary's bytes */
async function checkSummary(
  folder: string,
  ledger: Pick<ChainEnd, 'records' | 'head'>,
  report: Report,
): Promise<Buffer | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(join(folder, 'summary.json'));
  } catch {
    report(
      'summary.json',
      'The file is missing or cannot be read: without it, records cut off the ledger’s end do not show',
    );
    return undefined;
  }
  const summary = summarySchema.safeParse(parseJson(bytes.toString('utf8')));
  if (!summary.success) report('summary.json', 'The file is not a summary of this tool');
  else if (summary.data.ledger.records !== ledger.records || summary.data.ledger.head !== ledger.head) {
    report('ledger.jsonl', 'The ledger is not the one that summary.json describes');
  }
  return bytes;
}

/** Whether there is a signature; one that cannot be read is a problem, with a key or without. */
async function checkSignature(
  folder: string,
  summary: Buffer | undefined,
  publicKey: KeyObject | undefined,
  report: Report,
): Promise<boolean> {
  let signature: Buffer | undefined;
  try {
    signature = await unlessAbsent(readFile(join(folder, SIGNATURE_FILE)));
  } catch {
    report(SIGNATURE_FILE, 'The file cannot be read');
    return true;
  }
  if (publicKey && !signature) report(SIGNATURE_FILE, 'The run is not signed');
  if (publicKey && signature && !(summary && isSignedBy(summary, signature, publicKey))) {
    report(SIGNATURE_FILE, 'The signature is not of this summary and this key');
  }
  return signature !== undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function checkPhoto(
  path: string,
  output: Pick<PublishedPhoto, 'sha256' | 'format'>,
): Promise<string | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch {
    return 'The file is missing or cannot be read';
  }
  if (createHash('sha256').update(bytes).digest('hex') !== output.sha256) {
    return 'The file is not the one that was checked (its SHA-256 differs from the ledger)';
  }
  try {
    const { status, details } = walkContainer(bytes, formatById(output.format));
    return status === 'not-found' ? undefined : details;
  } catch (error) {
    return asImageDeidError(error, 'verify').message;
  }
}
