import { createPublicKey, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { ImageDeidError } from '../core/errors.js';
import { Ledger } from './ledger.js';
import { CHAIN_START } from './ledger-chain.js';
import { outputPlace } from './output-place.js';
import { NotRead, readRegular } from './read-regular.js';
import { isSignedBy, SIGNATURE_FILE } from './signature.js';
import { Tally } from './tally.js';
import { hasCountsOf, parseSummary } from './verify-summary.js';

const [MOST_SUMMARY, MOST_SIGNATURE] = [2 ** 24, 2 ** 12];

/** What signs a summary, and what its signer vouches for although no earlier signature covers it. */
export interface Signing {
  /** A private Ed25519 key. */
  readonly key: KeyObject;
  /** The records up to this one were never signed, and the signer takes them over; 0 when all were signed. */
  readonly unsignedUpTo: number;
  /** The run number of the summary that was signed before; 0 when there is none. */
  readonly lastRun: number;
}

/** The part of a ledger that a signature covers. */
interface Signed {
  readonly records: number;
  readonly unsignedUpTo: number;
  readonly lastRun: number;
}
const NOTHING_SIGNED: Signed = { records: 0, unsignedUpTo: 0, lastRun: 0 };

/**
 * Checks what a run is about to append to and sign: otherwise it would sign a ledger that somebody else has written.
 * The summary must carry this key's signature and describe the ledger, or a beginning of it. Records after that (of a
 * killed run, or of decisions in review) and those of a run that was never signed are taken over only when asked for.
 * @param adopt take over what no signature covers; the summary says so
 * @throws {ImageDeidError} signature-broken; usage, when there is something to take over and nobody asked for it;
 * ledger-broken
 */
export async function checkBeforeSigning(folder: string, key: KeyObject, adopt: boolean): Promise<Signing> {
  const signed = await readSigned(folder, key);
  const records = await proveBeginning(folder, signed);
  if (records === signed.records) return { key, unsignedUpTo: signed.unsignedUpTo, lastRun: signed.lastRun };
  if (adopt) return { key, unsignedUpTo: records, lastRun: signed.lastRun };
  throw new ImageDeidError(
    { id: 'error/usage/unsigned-records', values: { records: records - signed.records } },
    'publish',
  );
}

type SignedSummary = Signed & { readonly summary?: NonNullable<ReturnType<typeof parseSummary>> };

async function readSigned(folder: string, key: KeyObject): Promise<SignedSummary> {
  try {
    const signature = await readRegular(join(folder, SIGNATURE_FILE), MOST_SIGNATURE);
    if (!signature) return NOTHING_SIGNED;
    const bytes = await readRegular(join(folder, 'summary.json'), MOST_SUMMARY);
    const summary =
      bytes && isSignedBy(bytes, signature, createPublicKey(key)) ? parseSummary(bytes) : undefined;
    if (!summary) throw broken('summary');
    const { ledger, unsignedUpTo = 0, run = 0 } = summary;
    return { records: ledger.records, unsignedUpTo, lastRun: run, summary };
  } catch (error) {
    throw error instanceof NotRead ? broken('unreadable', error) : error;
  }
}

/** @returns how many records there are in total */
async function proveBeginning(folder: string, { records, summary }: SignedSummary): Promise<number> {
  const tally = new Tally();
  let headThere = records === 0 ? CHAIN_START : undefined;
  const end = await Ledger.read(outputPlace(folder).ledger, (record) => {
    if (record.seq <= records) tally.add(record);
    else if (record.seq === records + 1) headThere = record.prev;
  });
  const all = end?.records ?? 0;
  if (all === records) headThere = end?.head ?? CHAIN_START;
  if (!summary) return all;
  if (headThere === summary.ledger.head && hasCountsOf(summary, tally)) return all;
  throw broken('ledger');
}

function broken(what: 'summary' | 'unreadable' | 'ledger', cause?: unknown): ImageDeidError {
  return new ImageDeidError({ id: `error/signature-broken/${what}`, values: {} }, 'publish', { cause });
}
