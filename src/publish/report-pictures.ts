import { createHash } from 'node:crypto';
import { chmod, link, mkdir, readFile, readdir, rm, rmdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../core/system-code.js';
import { FIXED_TIME, NO_LINKS, PUBLIC_FILE, replaceFile, unlessAbsent } from './durable-files.js';
import { PICTURES, thumbnail, thumbnailFromReview, type OutputPlace } from './output-place.js';
import type { StandingPhoto } from './report-entries.js';

/** A photo's small view as a report shows it. */
export interface ReportPicture {
  /** Relative to the report. */
  readonly address: string;
  /** Whether it has the outlines of what was covered. */
  readonly isOutlined: boolean;
}
export type ReportPictures = ReadonlyMap<number, ReportPicture>;

const KINDS = ['outlined', 'plain'] as const;
/** Files that are read and linked at the same time. */
const AT_ONCE = 32;
/** In the pages of the report, whose own SHA-256 is vouched for: a picture's name is its SHA-256. */
const NAMED = new RegExp(`${PICTURES}/([0-9a-f]{64})\\.jpg`, 'g');

/** The pictures that a report names: each must be a file of that SHA-256. */
export function picturesNamedIn(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(NAMED)].map(([, hash = '']) => hash));
}

/**
 * Puts the pictures of photos that may be shared beside the report, and returns where they are.
 * @throws whatever the file system says
 */
export async function sharePictures(
  place: OutputPlace,
  photos: readonly StandingPhoto[],
): Promise<ReportPictures> {
  const folder = join(place.folder, PICTURES);
  await mkdir(folder, { recursive: true });
  const there = new Set(await readdir(folder));
  const shown = new Map<number, ReportPicture>();
  for (let i = 0; i < photos.length; i += AT_ONCE) {
    await Promise.all(
      photos.slice(i, i + AT_ONCE).map(async ({ seq }) => {
        const picture = await shareOne(place, seq, there);
        if (picture) shown.set(seq, picture);
      }),
    );
  }
  return shown;
}

/** @param there names of the pictures that lie beside the report; the new one is added */
async function shareOne(
  place: OutputPlace,
  seq: number,
  there: Set<string>,
): Promise<ReportPicture | undefined> {
  for (const kind of KINDS) {
    const path = thumbnail(place, seq, kind);
    const bytes = await unlessAbsent(readFile(path));
    if (!bytes) continue;
    const name = `${createHash('sha256').update(bytes).digest('hex')}.jpg`;
    if (!there.has(name)) {
      there.add(name);
      await share(path, bytes, join(place.folder, PICTURES, name));
    }
    return { address: `${PICTURES}/${name}`, isOutlined: kind === 'outlined' };
  }
  return undefined;
}

/** Removes what the report no longer shows, such as the picture of a photo that was rejected since then. */
export async function removeOtherPictures(place: OutputPlace, shown: ReportPictures): Promise<void> {
  const folder = join(place.folder, PICTURES);
  const kept = new Set([...shown.values()].map(({ address }) => address));
  for (const name of (await unlessAbsent(readdir(folder))) ?? []) {
    if (!kept.has(`${PICTURES}/${name}`)) await rm(join(folder, name), { recursive: true });
  }
  if (kept.size === 0) await unlessAbsent(rmdir(folder));
}

/** Where the private report finds its pictures: in the private state, where they stay. */
export async function privatePictures(
  place: OutputPlace,
  photos: readonly StandingPhoto[],
): Promise<ReportPictures> {
  const there = new Set(await unlessAbsent(readdir(place.thumbnails)));
  const shown = new Map<number, ReportPicture>();
  for (const { seq, last } of photos) {
    const kind = KINDS.find((each) => there.has(`${seq}-${each}.jpg`));
    // What a person rejected is shown nowhere.
    if (!kind || !last.output) continue;
    shown.set(seq, { address: thumbnailFromReview(seq, kind), isOutlined: kind === 'outlined' });
  }
  return shown;
}

/** A link has the same bytes on the disk at once; where there are none, a copy. Its times tell nothing. */
async function share(from: string, bytes: Buffer, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!NO_LINKS.includes(systemCode(error))) throw error;
    await replaceFile(to, bytes);
  }
  // A file system without modes (FAT) refuses; a file there is readable anyway.
  await chmod(to, PUBLIC_FILE).catch(() => undefined);
  await utimes(to, FIXED_TIME, FIXED_TIME);
}
