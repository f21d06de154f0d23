import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Outcome } from './contract.js';
import { moveNew, PRIVATE_FILE, unlessAbsent } from './durable-files.js';
import { readSoundChain } from './ledger-chain.js';
import { recordOf } from './ledger-record.js';
import type { Lock } from './lock.js';
import { outputName } from './output-name.js';
import type { OutputPlace } from './output-place.js';

const LINE_FEED = 10;

/** A photo by its name, and where it belongs. */
interface Standing {
  readonly name: string;
  readonly outcome: Outcome | 'withdrawn';
}
/** What did not fit and now lies in `.state/set-aside`. */
export interface Repair {
  /** Lines of the ledger, whole or not. */
  readonly lines: number;
  /** Photos that no sound record knows. */
  readonly photos: number;
}

/**
 * Sets aside everything in the ledger after its last sound record, and the photos that no sound record knows. A photo
 * that lies in the wrong folder is moved to where its last sound record says. Nothing is deleted.
 */
export async function repairOutput(place: OutputPlace, lock: Lock): Promise<Repair> {
  const standing = new Map<number, Standing>();
  const end = await unlessAbsent(
    readSoundChain(place.ledger, (sound) => {
      const record = recordOf(sound);
      if (!record) return false;
      const { seq, decisionOf, replaces, outcome, output } = record;
      const about = decisionOf ?? seq;
      const name = output?.name ?? standing.get(about)?.name;
      if (name !== undefined) standing.set(about, { name, outcome });
      const replaced = replaces === undefined ? undefined : standing.get(replaces);
      if (replaces !== undefined && replaced && replaced.outcome !== 'refused') {
        standing.set(replaces, { ...replaced, outcome: 'withdrawn' });
      }
      return true;
    }),
  );
  const aside = join(place.state, 'set-aside');
  await mkdir(aside, { recursive: true, mode: 0o700 });
  const lines = end?.isBroken ? await setTailAside(place, aside, lock, end) : 0;
  return { lines, photos: await settlePhotos(place, aside, [...standing.values()]) };
}

/** How many lines were set aside after the record that is now the last. */
export async function linesSetAside({ state }: OutputPlace, records: number): Promise<number> {
  const names = (await unlessAbsent(readdir(join(state, 'set-aside')))) ?? [];
  const tail = names.find((name) => name.startsWith(tailName(records, '')));
  return tail === undefined ? 0 : countLines(join(state, 'set-aside', tail));
}

function tailName(records: number, end: string | number): string {
  return `ledger-after-${records}-${end}`;
}

async function setTailAside(
  { ledger }: OutputPlace,
  aside: string,
  lock: Lock,
  { records, wholeBytes }: { readonly records: number; readonly wholeBytes: number },
): Promise<number> {
  const path = join(aside, tailName(records, `${lock.fence}.jsonl`));
  await pipeline(
    createReadStream(ledger, { start: wholeBytes }),
    createWriteStream(path, { flags: 'wx', mode: PRIVATE_FILE, flush: true }),
  );
  await lock.prove();
  await truncate(ledger, wholeBytes);
  const handle = await open(ledger, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  return countLines(path);
}

async function countLines(path: string): Promise<number> {
  let [lines, last] = [0, LINE_FEED];
  for await (const chunk of createReadStream(path)) {
    for (const byte of chunk as Buffer) if (byte === LINE_FEED) lines++;
    last = (chunk as Buffer).at(-1) ?? last;
  }
  return last === LINE_FEED ? lines : lines + 1;
}

async function settlePhotos(
  place: OutputPlace,
  aside: string,
  standing: readonly Standing[],
): Promise<number> {
  const folders: Readonly<Record<Standing['outcome'], string>> = {
    cleared: join(place.folder, 'cleared'),
    review: join(place.folder, 'review'),
    refused: place.rejected,
    withdrawn: place.withdrawn,
  };
  const belongs = new Map(standing.map(({ name, outcome }) => [name, folders[outcome]]));
  let photos = 0;
  for (const folder of Object.values(folders)) {
    for (const name of (await unlessAbsent(readdir(folder))) ?? []) {
      if (!outputName.safeParse(name).success || belongs.get(name) === folder) continue;
      const target = belongs.get(name) ?? aside;
      await moveNew(join(folder, name), join(target, name));
      if (target === aside) photos++;
    }
  }
  return photos;
}
