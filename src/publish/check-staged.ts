import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageDeidError } from '../core/errors.js';
import { formatById, sniffFormat } from '../formats/index.js';
import { walkContainer } from '../verify/index.js';
import type { StagedPhoto } from './staging.js';

/**
 * Checks a staged photo and its small views before they are published, whoever made them: each must be a file in its
 * own right, of the format that its name says, and hold nothing but what that format's allow-list permits; and the
 * photo must be the one that was checked.
 * @throws {ImageDeidError} unclean-output, which refuses the photo
 */
export async function checkStaged(staging: string, staged: StagedPhoto): Promise<void> {
  const { facts, extension, photo, plain, outlined } = staged;
  const bytes = await readRegular(join(staging, photo));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== facts.sha256 || bytes.length !== facts.bytes) throw unclean('other');
  if (sniffFormat(bytes)?.id !== facts.format || formatById(facts.format).extension !== extension)
    throw unclean('format');
  assertClean(bytes, facts.format);
  for (const view of [plain, ...(outlined === undefined ? [] : [outlined])])
    assertPlainView(await readRegular(join(staging, view)));
}

/** A view must be a JPEG as plain as a photo, except that its colours may be sampled more coarsely. */
function assertPlainView(bytes: Uint8Array): void {
  const jpeg = formatById('jpeg');
  let isPlain = false;
  try {
    const parts = jpeg.sniff(bytes.subarray(0, 4096)) ? jpeg.walk(bytes) : [];
    const walked = parts.reduce((sum, { length }) => sum + length, 0);
    isPlain = walked === bytes.length && parts.every(({ name, allowed }) => allowed || name === 'SOF0');
  } catch {
    // A container that cannot be walked is not plain.
  }
  if (!isPlain) throw unclean('view');
}

function assertClean(bytes: Uint8Array, format: StagedPhoto['facts']['format']): void {
  let status: string | undefined;
  try {
    ({ status } = walkContainer(bytes, formatById(format)));
  } catch {
    // A container that cannot be walked is not clean.
  }
  if (status !== 'not-found') throw unclean('parts');
}

/** Following a link could read somebody else's file. */
async function readRegular(path: string): Promise<Buffer> {
  let handle;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if ((await handle.stat()).isFile()) return await handle.readFile();
  } catch (cause) {
    throw unclean('unreadable', cause);
  } finally {
    await handle?.close();
  }
  throw unclean('no-file');
}

function unclean(
  what: 'other' | 'format' | 'view' | 'parts' | 'unreadable' | 'no-file',
  cause?: unknown,
): ImageDeidError {
  return new ImageDeidError({ id: `error/unclean-output/staged-${what}`, values: {} }, 'publish', { cause });
}
