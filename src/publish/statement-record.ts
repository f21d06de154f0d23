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
 * Records what a person says about a photo before it is let out, in a ledger of its own, chained like any other, without
 * any name: that nothing else shows (`attestNone` of its settings), or why it is let out against the gate.
 * @throws {ImageDeidError} output-unwritable, output-locked, disk-full: without the record the photo stays
 */
export async function recordStatement(draft: LedgerDraft, overrideReason?: string): Promise<void> {
  const folder = userStateFolder();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'overrides.jsonl');
  await appendToLedger(path, draft, overrideReason === undefined ? {} : { overrideReason });
}
