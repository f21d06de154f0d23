import { lstat } from 'node:fs/promises';
import { ImageDeidError } from '../core/errors.js';
import type { Finding } from '../core/finding.js';
import { systemCode } from '../core/system-code.js';
import type { Outcome, StoredRecord } from './contract.js';
import { Ledger } from './ledger.js';
import { NameMap } from './name-map.js';
import { outputPlace, type OutputPlace } from './output-place.js';

/** Which file a photo was, and what has become of it; private, because it names the file. */
export interface NamedPhoto {
  /** Of its first record, or of the one that replaced a refusal. */
  readonly seq: number;
  /** Where it lay: bytes of the file system, or an address in an object storage. */
  readonly source: Buffer;
  readonly outcome: Outcome;
  /** Where the finished photo lies, relative to the output folder; absent when nothing was written. */
  readonly output?: string;
  /** Empty when cleared. */
  readonly reasons: readonly Finding[];
  /** The last decision of a person. */
  readonly decision?: { readonly reviewer?: string; readonly reason?: string };
}

/** The same while the ledger is read; `file`: its name alone, `found`: why the tool did not clear it. */
type Unnamed = Omit<NamedPhoto, 'source'> & { readonly file?: string; readonly found: readonly Finding[] };

const FOLDERS: Readonly<Record<Outcome, string>> = {
  cleared: 'cleared',
  review: 'review',
  refused: '.state/rejected',
};

/**
 * Reads which file became which photo, in the order of the ledger: of each photo what became of it last, after new
 * attempts and decisions of people. Locks and changes nothing, so that a run may be working in the folder.
 * @param folder the output folder of a run
 * @throws {ImageDeidError} usage, when its state is gone or cannot be read; ledger-broken
 */
export async function namedPhotos(folder: string): Promise<readonly NamedPhoto[]> {
  const place = outputPlace(folder);
  await assertNames(place);
  const photos = new Map<number, Unnamed>();
  let records = 0;
  await Ledger.read(place.ledger, (record) => {
    records = record.seq;
    follow(photos, record);
  });
  // The name map comes after the ledger: each of its lines is written before the record of the same number.
  const sources = await sourcesUpTo(place, records);
  return [...photos.values()].map(({ file: _file, found: _found, ...photo }) => {
    const source = sources.get(photo.seq);
    if (source) return { ...photo, source };
    throw new ImageDeidError({ id: 'error/ledger-broken/unnamed', values: { record: photo.seq } }, 'publish');
  });
}

async function assertNames({ names }: OutputPlace): Promise<void> {
  try {
    await lstat(names);
  } catch (cause) {
    const isAbsent = ['ENOENT', 'ENOTDIR'].includes(systemCode(cause));
    throw new ImageDeidError(
      { id: isAbsent ? 'error/usage/no-names' : 'error/usage/names-unreadable', values: {} },
      'usage',
      { cause },
    );
  }
}

/** Where the photo of each record lay; a later line with the same number replaces one of an interrupted photo. */
async function sourcesUpTo({ names }: OutputPlace, records: number): Promise<ReadonlyMap<number, Buffer>> {
  const sources = new Map<number, Buffer>();
  try {
    await NameMap.read(names, ({ seq, path }) => {
      if (seq <= records) sources.set(seq, Buffer.from(path, 'base64'));
    });
  } catch (cause) {
    if (cause instanceof ImageDeidError) throw cause;
    throw new ImageDeidError({ id: 'error/usage/names-unreadable', values: {} }, 'usage', { cause });
  }
  return sources;
}

function follow(photos: Map<number, Unnamed>, record: StoredRecord): void {
  const { outcome, output, reasons, retryOf, replaces, decisionOf, reviewer, overrideReason } = record;
  if (retryOf !== undefined) photos.delete(retryOf);
  const earlier = replaces === undefined ? undefined : photos.get(replaces);
  if (earlier?.file !== undefined)
    photos.set(earlier.seq, { ...earlier, output: `.state/withdrawn/${earlier.file}` });
  const before = decisionOf === undefined ? undefined : photos.get(decisionOf);
  const file = output?.name ?? before?.file;
  const seq = before?.seq ?? record.seq;
  const found = before?.found ?? reasons;
  photos.set(seq, {
    seq,
    outcome,
    ...(file !== undefined && { file, output: `${FOLDERS[outcome]}/${file}` }),
    found,
    // Sent back to review, a photo still has the reasons for which it came there.
    reasons: outcome === 'review' && reasons.length === 0 ? found : reasons,
    ...(before && {
      decision: {
        ...(reviewer !== undefined && { reviewer }),
        ...(overrideReason !== undefined && { reason: overrideReason }),
      },
    }),
  });
}
