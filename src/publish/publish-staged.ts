import { createHash } from 'node:crypto';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageDeidError } from '../core/errors.js';
import type { Outcome, PublishedFile } from './contract.js';
import { publishFile } from './durable-files.js';
import type { NameMap } from './name-map.js';
import { neutralName } from './neutral-name.js';
import { thumbnail, type OutputPlace } from './output-place.js';
import type { StagedPhoto } from './staging.js';

/** The record that the photo will have. */
export interface RecordToBe {
  readonly seq: number;
  readonly path: Buffer;
  /** SHA-256 of the photo, or the code of the error that kept it from being read. */
  readonly source: string;
}

/**
 * Gives a staged photo its final name and its small views their place; its record comes after.
 * @param thumbnailsOf the `seq` of the photo's first record, which names the small views
 * @throws {ImageDeidError} output-unwritable when it is not the photo that was checked; whatever writing throws
 */
export async function publishStaged(
  place: OutputPlace,
  names: NameMap,
  { seq, path, source }: RecordToBe,
  outcome: Outcome,
  staged: StagedPhoto,
  thumbnailsOf = seq,
): Promise<PublishedFile> {
  const name = neutralName(staged.extension);
  // The name is recorded before the file gets it: the next run finds and removes whatever is interrupted here.
  await names.append(seq, path, source, name);
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
