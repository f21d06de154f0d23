import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { LedgerDraft } from './contract.js';
import { appendToLedger } from './ledger.js';

/** Where single photos let out against the gate are recorded: in the user's own private folder for such things. */
function overridesPath(): string {
  const { XDG_STATE_HOME: base = '' } = process.env;
  return join(base === '' ? join(homedir(), '.local', 'state') : base, 'image-deid', 'overrides.jsonl');
}

/**
 * Records an override before the photo is let out: in a ledger of its own, chained like any other, without any name.
 * @throws {ImageDeidError} output-unwritable, output-locked, disk-full: without the record the photo stays
 */
export async function recordOverride(draft: LedgerDraft, overrideReason: string): Promise<void> {
  const path = overridesPath();
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  await appendToLedger(path, draft, { overrideReason });
}
