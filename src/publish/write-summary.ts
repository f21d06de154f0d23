import type { KeyObject } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from './durable-files.js';
import type { Ledger } from './ledger.js';
import type { OutputPlace } from './output-place.js';
import { SIGNATURE_FILE, signatureOf } from './signature.js';
import { summarise, type Summary } from './summary.js';
import type { Tally } from './tally.js';

/** Writes summary.json, and with a key its signature; without one an earlier signature, of an earlier summary, goes. */
export async function writeSummary(
  { folder }: OutputPlace,
  tally: Tally,
  { length, head }: Ledger,
  interrupted: boolean,
  key?: KeyObject,
): Promise<Summary> {
  const summary = summarise(tally, { records: length, head }, interrupted);
  const text = Buffer.from(`${JSON.stringify(summary, null, 2)}\n`);
  const signature = join(folder, SIGNATURE_FILE);
  await replaceFile(join(folder, 'summary.json'), text);
  if (key) await replaceFile(signature, signatureOf(text, key));
  else await rm(signature, { force: true });
  return summary;
}
