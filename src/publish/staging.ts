import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redaction } from '../core/detection.js';
import { ImageDeidError } from '../core/errors.js';
import type { PixelImage } from '../core/image.js';
import type { PublishedFile } from './contract.js';
import { PRIVATE_FILE, writeNew } from './durable-files.js';
import { writing } from './output-errors.js';
import { makeThumbnails } from './thumbnails.js';

const NAME_BYTES = 8;

/** A finished photo that waits in a staging folder; all names are those of files there. */
export interface StagedPhoto {
  readonly facts: Omit<PublishedFile, 'name'>;
  /** Without a dot. */
  readonly extension: string;
  readonly photo: string;
  readonly plain: string;
  /** Absent when nothing was covered. */
  readonly outlined?: string;
}

/** The place of one photo in a staging folder, which many processes share. */
export class StagingPlace {
  private readonly id = randomBytes(NAME_BYTES).toString('hex');
  private readonly written = new Set<string>();

  /** @param folder exists and is private */
  constructor(private readonly folder: string) {}

  /**
   * Writes the photo and returns what a fresh read gives; replaces one that is already staged.
   * @throws {ImageDeidError} disk-full, output-unwritable
   */
  async stage(bytes: Uint8Array, extension: string): Promise<Uint8Array> {
    await this.discard();
    return writing(async () => readFile(join(this.folder, await this.write(`.${extension}`, bytes))));
  }

  /**
   * Adds the small views of the report.
   * @param pixels of the first frame, redacted
   * @throws {ImageDeidError} disk-full, output-unwritable
   */
  async finish(
    facts: StagedPhoto['facts'],
    pixels: PixelImage,
    redactions: readonly Redaction[],
  ): Promise<StagedPhoto> {
    const [photo] = this.written;
    if (photo === undefined)
      throw new ImageDeidError({ id: 'error/internal/nothing-staged', values: {} }, 'publish');
    const { plain, outlined } = await makeThumbnails(pixels, redactions);
    return writing(async () => ({
      facts,
      extension: photo.slice(photo.indexOf('.') + 1),
      photo,
      plain: await this.write('-plain.jpg', plain),
      ...(outlined && { outlined: await this.write('-outlined.jpg', outlined) }),
    }));
  }

  /** Removes what is there. */
  async discard(): Promise<void> {
    for (const name of this.written) await rm(join(this.folder, name), { force: true });
    this.written.clear();
  }

  private async write(end: string, bytes: Uint8Array): Promise<string> {
    const name = `${this.id}${end}`;
    this.written.add(name);
    await writeNew(join(this.folder, name), bytes, PRIVATE_FILE);
    return name;
  }
}
