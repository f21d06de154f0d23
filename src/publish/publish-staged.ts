import { createHash } from 'node:crypto';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageDeidError } from '../core/errors.js';
import type { Outcome, PublishedFile } from './contract.js';
import { publishFile, syncFolder } from './durable-files.js';
import { thumbnail, type OutputPlace } from './output-place.js';
import type { StagedPhoto } from './staging.js';

/** A staged photo, and what it becomes. */
export interface PhotoToBe {
  /** Stands in the name map already: the next run finds and removes whatever is interrupted from here on. */
  readonly name: string;
  readonly outcome: Outcome;
  readonly staged: StagedPhoto;
  /** The `seq` of the photo's first record, which names the small views. */
  readonly thumbnailsOf: number;
}

/** Files that are written to the disk at the same time: for most disks little more work than one. */
const AT_ONCE = 8;

/**
 * Gives staged photos their final names and their small views their place; their records come after.
 * @param photos undefined where nothing is published
 * @returns what lies there now, in the same order, up to the first photo that failed, and why that failed:
 * output-unwritable when it is not the photo that was checked; whatever writing throws
 */
export async function publishAll(
  place: OutputPlace,
  photos: readonly (PhotoToBe | undefined)[],
): Promise<{
  readonly files: readonly (PublishedFile | undefined)[];
  readonly failure?: PromiseRejectedResult;
}> {
  const files: (PublishedFile | undefined)[] = [];
  let failure: PromiseRejectedResult | undefined;
  for (let i = 0; i < photos.length && !failure; i += AT_ONCE) {
    const work = photos.slice(i, i + AT_ONCE).map(async (photo) => photo && publishOne(place, photo));
    for (const done of await Promise.allSettled(work)) {
      if (done.status === 'rejected') failure ??= done;
      else if (!failure) files.push(done.value);
    }
  }
  const folders = new Set(photos.slice(0, files.length).flatMap((photo) => photo?.outcome ?? []));
  for (const folder of folders) await syncFolder(join(place.folder, folder));
  return { files, ...(failure && { failure }) };
}

/** The same for a single photo. @throws what `publishAll` returns as its failure */
export async function publishStaged(place: OutputPlace, photo: PhotoToBe): Promise<PublishedFile> {
  const file = await publishOne(place, photo);
  await syncFolder(join(place.folder, photo.outcome));
  return file;
}

async function publishOne(
  place: OutputPlace,
  { name, outcome, staged, thumbnailsOf }: PhotoToBe,
): Promise<PublishedFile> {
  const from = join(place.staging, staged.photo);
  await assertUnchanged(from, staged.facts.sha256);
  await publishFile(from, join(place.folder, outcome, name));
  await takeThumbnails(place, thumbnailsOf, staged);
  return { name, ...staged.facts };
}

/** The file may have travelled between the checks and this point. */
async function assertUnchanged(path: string, sha256: string): Promise<void> {
  const bytes = await readFile(path);
  if (createHash('sha256').update(bytes).digest('hex') === sha256) return;
  throw new ImageDeidError({ id: 'error/output-unwritable/changed', values: {} }, 'publish');
}

async function takeThumbnails(
  place: OutputPlace,
  seq: number,
  { plain, outlined }: StagedPhoto,
): Promise<void> {
  await rename(join(place.staging, plain), thumbnail(place, seq, 'plain'));
  const target = thumbnail(place, seq, 'outlined');
  if (outlined === undefined) await rm(target, { force: true });
  else await rename(join(place.staging, outlined), target);
}
