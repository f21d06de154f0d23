import type { LedgerDraft, LedgerRecord, RecordContent, StoredRecord } from './contract.js';
import type { RunKey } from './run-key.js';

/**
 * What a ledger may say of a draft. Hashes of what can be guessed get a key. The source's size, which a list of files
 * tells as well, and how long it took, by which the first photos of a process are known, are left out; what stood behind
 * the picture's end is told by its order of magnitude.
 */
export function sealed(draft: LedgerDraft, key: RunKey): RecordContent {
  const { source, settings, found, timings: _left, ...rest } = draft;
  return {
    ...rest,
    source: { hmac: sourceHmac(source.sha256, key) },
    ...(found && { found: { ...found, trailingBytes: roundedUp(found.trailingBytes) } }),
    settings: withKey(settings, key),
  };
}

/** What a new record about the same photo repeats of an earlier one; plain hashes of the first version get the key. */
export function repeated(record: StoredRecord, key: RunKey): Pick<RecordContent, 'source' | 'settings'> {
  const { source, settings } = record;
  return {
    source: 'hmac' in source ? source : { hmac: sourceHmac(source.sha256, key) },
    settings: 'hmac' in settings ? settings : withKey(settings, key),
  };
}

function sourceHmac(sha256: string | null, key: RunKey): string | null {
  return sha256 === null ? null : key.of('source', sha256);
}

function withKey({ sha256, ...settings }: LedgerDraft['settings'], key: RunKey): LedgerRecord['settings'] {
  return { ...settings, hmac: key.of('settings', sha256) };
}

function roundedUp(bytes: number): number {
  return bytes === 0 ? 0 : 2 ** Math.ceil(Math.log2(bytes));
}
