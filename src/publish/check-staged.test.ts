import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/support/cli.js';
import { greyPng, stagePng } from '../../tests/support/staged-photo.js';
import { checkStaged } from './check-staged.js';

const UNCLEAN = { code: 'unclean-output' };
let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const dirty = (format: 'png' | 'jpeg') =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: 'grey' } })
    .withExif({ IFD0: { Artist: 'SOMEBODY' } })
    .toFormat(format)
    .toBuffer();

describe('what a worker staged', () => {
  it('is published when it holds nothing but pixels', async () => {
    const staged = await stagePng(folder, await greyPng(1));
    await checkStaged(folder, staged);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('is not published when it holds more, whatever the worker says about it', async () => {
    await expect(checkStaged(folder, await stagePng(folder, await dirty('png')))).rejects.toMatchObject(
      UNCLEAN,
    );
  });

  it('is not published when a small view of it holds more', async () => {
    const staged = await stagePng(folder, await greyPng(1));
    await writeFile(join(folder, staged.plain), await dirty('jpeg'));
    await expect(checkStaged(folder, staged)).rejects.toMatchObject(UNCLEAN);
  });

  it('is not published when it is another file, in another format, a link or gone', async () => {
    const staged = await stagePng(folder, await greyPng(1));
    const { facts } = staged;
    for (const wrong of [
      { ...staged, facts: { ...facts, sha256: randomBytes(32).toString('hex') } },
      { ...staged, facts: { ...facts, bytes: facts.bytes + 1 } },
      { ...staged, facts: { ...facts, format: 'jpeg' as const }, extension: 'jpg' },
      { ...staged, extension: 'jpg' },
      { ...staged, photo: '0123456789abcdef.png' },
    ])
      await expect(checkStaged(folder, wrong)).rejects.toMatchObject(UNCLEAN);
    await mkdir(join(folder, 'elsewhere'));
    await writeFile(join(folder, 'elsewhere/photo'), await greyPng(1));
    await rm(join(folder, staged.photo));
    await symlink('elsewhere/photo', join(folder, staged.photo));
    await expect(checkStaged(folder, staged)).rejects.toMatchObject(UNCLEAN);
  });
});
