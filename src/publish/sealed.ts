import type { LedgerDraft, LedgerRecord, RecordContent, StoredRecord } from './contract.js';
import type { RunKey } from './run-key.js';

/**
 * What a ledger may say of a draft. Hashes of what can be guessed are computed with a key. Left out are the source's
 * size, which a list of files gives as well, and the timings, which show which photos a process treated first. How many
 * bytes followed the picture's end is given only as an order of magnitude.
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

/** What a new record about the same photo repeats of an earlier one; plain hashes of the first version are keyed. */
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
