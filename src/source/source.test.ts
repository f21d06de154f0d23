import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectInputs, displayName, readSource } from './index.js';
import type { SourceEntry } from './contract.js';

const limits = { maxBytes: 1000 };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'image-deid-source-'));
  mkdirSync(join(folder, 'in/deep/.hidden'), { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const put = (path: string, content: string | Uint8Array = 'x') => {
  writeFileSync(join(folder, path), content);
};
const names = (entries: readonly SourceEntry[]) =>
  entries.map(({ path }) => path.toString('latin1').slice(folder.length + 1));

describe('collectInputs', () => {
  it('walks folders whole, sorted, hidden names too, without sidecars', async () => {
    for (const path of ['in/b.jpg', 'in/a.jpg', 'in/a.jpg.keep.json', 'in/deep/.hidden/c', 'in/.d.png'])
      put(path);
    expect(names(await collectInputs([join(folder, 'in')]))).toEqual([
      'in/.d.png',
      'in/a.jpg',
      'in/b.jpg',
      'in/deep/.hidden/c',
    ]);
  });

  it('leaves out the captions of photos, and only those, unless they are named themselves', async () => {
    for (const path of ['in/a.jpg', 'in/a.txt', 'in/b.png', 'in/b.png.txt', 'in/notes.txt']) put(path);
    expect(names(await collectInputs([join(folder, 'in')]))).toEqual([
      'in/a.jpg',
      'in/b.png',
      'in/notes.txt',
    ]);
    expect(names(await collectInputs([join(folder, 'in/a.jpg'), join(folder, 'in/a.txt')]))).toEqual([
      'in/a.jpg',
      'in/a.txt',
    ]);
  });

  it('takes a file that is named twice once, and knows what was named itself', async () => {
    put('in/a.jpg');
    put('in/b.jpg');
    const entries = await collectInputs([join(folder, 'in/a.jpg'), join(folder, 'in')]);
    expect(entries.map(({ named }) => named)).toEqual([true, false]);
  });

  it('expands globs that the shell left alone, and prefers a file whose name looks like one', async () => {
    put('in/a.jpg');
    put('in/b.png');
    put('in/deep/c.jpg');
    put('in/[x].jpg');
    expect(names(await collectInputs([join(folder, 'in/**/*.jpg')]))).toEqual([
      'in/[x].jpg',
      'in/a.jpg',
      'in/deep/c.jpg',
    ]);
    expect(names(await collectInputs([join(folder, 'in/[x].jpg')]))).toEqual(['in/[x].jpg']);
  });

  it('keeps a name that is no UTF-8', async () => {
    const raw = Buffer.concat([Buffer.from(join(folder, 'in/')), Buffer.from([0xff, 0xfe, 0x2e, 0x6a])]);
    writeFileSync(raw, 'x');
    const [entry] = await collectInputs([join(folder, 'in')]);
    expect(entry?.path.equals(raw)).toBe(true);
    expect((await readSource(entry as SourceEntry, limits)).bytes.toString()).toBe('x');
  });

  it.each([['nowhere'], ['in/*.nothing'], ['in']])('refuses %s, where there is no file', async (input) => {
    await expect(collectInputs([join(folder, input)])).rejects.toMatchObject({ code: 'usage' });
  });

  it('says which command reads object storage', async () => {
    await expect(collectInputs(['s3://archive/2024'])).rejects.toThrow('image-deid enqueue');
  });
});

describe('readSource', () => {
  const only = async (...inputs: string[]) => {
    const [entry] = await collectInputs(inputs.map((input) => join(folder, input)));
    return entry as SourceEntry;
  };

  it('gives bytes, hash and the kept regions of the sidecar', async () => {
    put('in/a.jpg', 'abc');
    put('in/a.jpg.keep.json', '{"keep": [[1, 2, 3, 4]]}');
    expect(await readSource(await only('in'), limits)).toEqual({
      bytes: Buffer.from('abc'),
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      keep: [{ x: 1, y: 2, width: 3, height: 4 }],
    });
  });

  it.each(['in/a.txt', 'in/a.jpg.txt'])('gives the caption in %s', async (path) => {
    put('in/a.jpg', 'abc');
    put(path, 'Éruption');
    expect(await readSource(await only('in/a.jpg'), limits)).toMatchObject({ caption: 'Éruption' });
  });

  it('refuses the photo when its caption is no text', async () => {
    put('in/a.jpg', 'abc');
    put('in/a.txt', Uint8Array.from([0, 1, 2]));
    await expect(readSource(await only('in/a.jpg'), limits)).rejects.toMatchObject({ code: 'malformed' });
  });

  it.each(['{"keep": [[1, 2, 3]]}', '{"keep": [[1, 2, 0, 4]]}', '{"kep": []}', 'x'])(
    'refuses the photo when its sidecar is %s',
    async (sidecar) => {
      put('in/a.jpg');
      put('in/a.jpg.keep.json', sidecar);
      await expect(readSource(await only('in'), limits)).rejects.toMatchObject({ code: 'malformed' });
    },
  );

  it('refuses empty and too large files', async () => {
    put('in/a.jpg', '');
    await expect(readSource(await only('in'), limits)).rejects.toMatchObject({ code: 'empty-file' });
    put('in/a.jpg', 'x'.repeat(1001));
    await expect(readSource(await only('in'), limits)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('does not leave the input folder by a symbolic link, but follows one that was named', async () => {
    put('secret', 'secret');
    symlinkSync(join(folder, 'secret'), join(folder, 'in/link'));
    await expect(readSource(await only('in'), limits)).rejects.toMatchObject({ code: 'outside-input' });
    expect((await readSource(await only('in/link'), limits)).bytes.toString()).toBe('secret');
  });

  it('does not wait on a pipe, and refuses a link in a circle or to nothing', async () => {
    execFileSync('mkfifo', [join(folder, 'in/pipe')]);
    await expect(readSource(await only('in'), limits)).rejects.toMatchObject({ code: 'not-a-regular-file' });
    rmSync(join(folder, 'in/pipe'));
    symlinkSync('loop', join(folder, 'in/loop'));
    await expect(readSource(await only('in'), limits)).rejects.toMatchObject({ code: 'not-a-regular-file' });
    rmSync(join(folder, 'in/loop'));
    symlinkSync('nothing', join(folder, 'in/dangling'));
    await expect(readSource(await only('in'), limits)).rejects.toMatchObject({ code: 'unreadable' });
  });
});

describe('displayName', () => {
  it('lets nothing through that a terminal would act on', () => {
    const shown = displayName(Buffer.from('a\u001b[2J\n\u202egpj.exe'));
    // eslint-disable-next-line no-control-regex -- these are what must not come through
    expect(shown).not.toMatch(/[\u0000-\u001f\u202e]/);
  });
});
