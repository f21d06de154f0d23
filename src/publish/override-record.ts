import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { LedgerDraft } from './contract.js';
import { appendToLedger } from './ledger.js';

/** The user's own private folder for what this tool keeps. */
export function userStateFolder(): string {
  const { XDG_STATE_HOME: base = '' } = process.env;
  return join(base === '' ? join(homedir(), '.local', 'state') : base, 'image-deid');
}

/**
 * Records an override before the photo is let out: in a ledger of its own, chained like any other, without any name.
 * @throws {ImageDeidError} output-unwritable, output-locked, disk-full: without the record the photo stays
 */
export async function recordOverride(draft: LedgerDraft, overrideReason: string): Promise<void> {
  const folder = userStateFolder();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await appendToLedger(join(folder, 'overrides.jsonl'), draft, { overrideReason });
}
