import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Signing } from './check-before-signing.js';
import { replaceFile, unlessAbsent } from './durable-files.js';
import type { Ledger } from './ledger.js';
import type { OutputPlace } from './output-place.js';
import { SIGNATURE_FILE, signatureOf } from './signature.js';
import { summarise, type Summary } from './summary.js';
import type { Tally } from './tally.js';
import { parseSummary } from './verify-summary.js';

/**
 * Writes summary.json and, with a key, its signature. Without a key the signature of an earlier summary is removed.
 * @param files SHA-256 of what else may be shared
 * @param beside files beside the photos; as the last summary has it when nobody has looked since
 */
export async function writeSummary(
  { folder }: OutputPlace,
  tally: Tally,
  { length, head }: Pick<Ledger, 'length' | 'head'>,
  interrupted: boolean,
  files: NonNullable<Summary['files']>,
  signing?: Signing,
  beside?: number,
): Promise<Summary> {
  const path = join(folder, 'summary.json');
  const before = await unlessAbsent(readFile(path));
  const last = before && parseSummary(before);
  const unsignedUpTo = signing ? signing.unsignedUpTo : (last?.unsignedUpTo ?? 0);
  const summary = summarise(tally, { records: length, head }, interrupted, {
    run: Math.max(last?.run ?? 0, signing?.lastRun ?? 0) + 1,
    files,
    beside: beside ?? last?.beside ?? 0,
    ...(unsignedUpTo > 0 && { unsignedUpTo }),
  });
  const text = Buffer.from(`${JSON.stringify(summary, null, 2)}\n`);
  const signature = join(folder, SIGNATURE_FILE);
  await replaceFile(path, text);
  if (signing) await replaceFile(signature, signatureOf(text, signing.key));
  else await rm(signature, { force: true });
  return summary;
}
