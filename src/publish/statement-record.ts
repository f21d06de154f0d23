import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { LedgerDraft } from './contract.js';
import { appendToLedger } from './ledger.js';

/** Where it is recorded what a person says about a single photo: in the user's own private folder for such things. */
function statementsPath(): string {
  const { XDG_STATE_HOME: base = '' } = process.env;
  return join(base === '' ? join(homedir(), '.local', 'state') : base, 'image-deid', 'overrides.jsonl');
}

/**
 * Records what a person says about a photo before it is let out, in a ledger of its own, chained like any other, without
 * any name: that nothing else shows (`attestNone` of its settings), or why it is let out against the gate.
 * @throws {ImageDeidError} output-unwritable, output-locked, disk-full: without the record the photo stays
 */
export async function recordStatement(draft: LedgerDraft, overrideReason?: string): Promise<void> {
  const path = statementsPath();
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  await appendToLedger(path, draft, overrideReason === undefined ? {} : { overrideReason });
}
