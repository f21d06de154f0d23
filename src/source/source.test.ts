import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeUnlistable, removeTree } from '../../tests/support/unlistable.js';
import { entryIn } from '../../tests/support/source-entry.js';
import { collectFolder, collectInputs, displayName, readSource } from './index.js';
import type { SourceEntry } from './contract.js';
import { assertOpenedInside, isStillThere } from './open-inside.js';

const limits = { maxBytes: 1000 };
const COME_AND_GO = `
  const { mkdirSync, rmdirSync } = require('node:fs');
  process.stdout.write('ready');
  for (;;) {
    mkdirSync('in/comes-and-goes');
    rmdirSync('in/comes-and-goes');
  }`;
/** Alternates between being a folder and a link to another folder, as fast as it can. */
const SWAP = `
  const { renameSync, symlinkSync } = require('node:fs');
  symlinkSync('../elsewhere', 'in/link');
  process.stdout.write('ready');
  for (;;) {
    renameSync('in/deep', 'in/kept');
    renameSync('in/link', 'in/deep');
    renameSync('in/deep', 'in/link');
    renameSync('in/kept', 'in/deep');
  }`;
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
const names = ({ entries }: { entries: readonly SourceEntry[] }) =>
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

  it('leaves out only the captions of photos, unless they are named directly', async () => {
    for (const path of ['in/a.jpg', 'in/a.txt', 'in/b.png', 'in/b.png.txt', 'in/notes.txt']) put(path);
    const found = await collectInputs([join(folder, 'in')]);
    expect([names(found), found.besidePhotos]).toEqual([['in/a.jpg', 'in/b.png'], 1]);
    expect(names(await collectInputs([join(folder, 'in/a.jpg'), join(folder, 'in/a.txt')]))).toEqual([
      'in/a.jpg',
      'in/a.txt',
    ]);
  });

  it('counts apart what cameras, programs and people leave beside photos, whatever its case', async () => {
    const beside = [
      ...['.DS_Store', 'Thumbs.db', 'desktop.ini', '._IMG_1.jpg', '.picasa.ini', '.nomedia', 'Icon\r'],
      ...['IMG_1.jpg.supplemental-metadata.json', 'IMG_1.json', 'IMG_1.xmp', 'IMG_1.JPG.XMP', 'IMG_1.AAE'],
      ...['README.md', 'notes.txt', 'index.html', 'list.csv', 'IMG_1.jpg.pp3', '~$letter.docx', 'a.XML'],
    ];
    for (const name of ['IMG_1.jpg', ...beside]) put(`in/${name}`);
    const found = await collectInputs([join(folder, 'in')]);
    expect([names(found), found.besidePhotos]).toEqual([['in/IMG_1.jpg'], beside.length]);
    expect(await collectInputs([join(folder, 'in'), join(folder, 'in/*')])).toMatchObject({
      besidePhotos: beside.length,
    });
    expect((await collectFolder(Buffer.from(join(folder, 'in')))).besidePhotos).toBe(beside.length);
  });

  it('counts nothing apart that may hold a picture to be treated, or was named itself', async () => {
    const tried = [
      ...['in/IMG_1', 'in/IMG_1.dng', 'in/IMG_1.jpg.part', 'in/IMG_1.mov', 'in/album.pdf', 'in/album.zip'],
      ...['in/json', 'in/not-json.jpeg', 'in/xmp.png'],
    ];
    for (const name of tried) put(name);
    put('in/list.json');
    const found = await collectInputs([join(folder, 'in')]);
    expect([names(found), found.besidePhotos]).toEqual([tried, 1]);
    const named = await collectInputs([join(folder, 'in'), join(folder, 'in/list.json')]);
    expect([names(named).includes('in/list.json'), named.besidePhotos]).toEqual([true, 0]);
  });

  it('says what a folder holds in which there is no photo', async () => {
    put('in/IMG_1.json');
    await expect(collectInputs([join(folder, 'in')])).rejects.toMatchObject({
      code: 'usage',
      message: 'There is no photo in what was named, only files that lie beside photos: 1',
    });
  });

  it('takes a file once that is named twice, and knows what was named directly', async () => {
    put('in/a.jpg');
    put('in/b.jpg');
    const { entries } = await collectInputs([join(folder, 'in/a.jpg'), join(folder, 'in')]);
    expect(entries.map(({ named }) => named)).toEqual([true, false]);
  });

  it('expands globs that the shell did not expand, and prefers a file whose name looks like a glob', async () => {
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

  it('keeps a name that is not UTF-8', async () => {
    const raw = Buffer.concat([Buffer.from(join(folder, 'in/')), Buffer.from([0xff, 0xfe, 0x2e, 0x6a])]);
    writeFileSync(raw, 'x');
    const [entry] = (await collectInputs([join(folder, 'in')])).entries;
    expect(entry?.path.equals(raw)).toBe(true);
    expect((await readSource(entry as SourceEntry, limits)).bytes.toString()).toBe('x');
  });

  it.each([['nowhere'], ['in/*.nothing'], ['in']])('refuses %s, where there is no file', async (input) => {
    await expect(collectInputs([join(folder, input)])).rejects.toMatchObject({ code: 'usage' });
  });

  it('counts keep files that lie beside no photo', async () => {
    for (const path of ['in/a.jpg', 'in/a.jpg.keep.json', 'in/a.keep.json', 'in/deep/b.jpg.keep.json'])
      put(path);
    const found = await collectInputs([join(folder, 'in')]);
    expect([names(found), found.strayKeepFiles]).toEqual([['in/a.jpg'], 2]);
  });

  it('goes on without folders that cannot be listed, and counts them', async () => {
    put('in/a.jpg');
    put('in/deep/b.jpg');
    makeUnlistable(join(folder, 'in/deep'));
    const found = await collectInputs([join(folder, 'in'), join(folder, 'in/deep')]);
    removeTree(join(folder, 'in/deep'));
    expect(found.unlisted).toBe(1);
    expect(names(found).filter((name) => !name.includes('xxx'))).toEqual(['in/a.jpg', 'in/deep/b.jpg']);
  });

  it('goes on when a folder inside comes and goes', async () => {
    put('in/a.jpg');
    const moving = spawn(process.execPath, ['-e', COME_AND_GO], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(moving.stdout, 'data');
    for (let i = 0; i < 500; i++) {
      const { entries, unlisted } = await collectFolder(Buffer.from(join(folder, 'in')));
      expect([entries.length, unlisted]).toEqual([1, 0]);
    }
    moving.kill('SIGKILL');
    await once(moving, 'close');
  });

  it('refuses a named folder that cannot be listed, without saying its name', async () => {
    const unlistable = Buffer.from(join(folder, 'in', 'x'.repeat(300)));
    await expect(collectFolder(unlistable)).rejects.toMatchObject({
      code: 'usage',
      message: 'A folder that was named cannot be listed',
    });
  });

  it('says which command reads object storage', async () => {
    await expect(collectInputs(['s3://archive/2024'])).rejects.toThrow('image-deid enqueue');
  });
});

describe('readSource', () => {
  const only = async (...inputs: string[]) => {
    const [entry] = (await collectInputs(inputs.map((input) => join(folder, input)))).entries;
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

  it.each([
    ['a.txt', Uint8Array.from([0, 1, 2])],
    ['a.jpg.txt', 'x'.repeat(100 * 1024 + 1)],
    ['a.txt', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
  ])('does not use %s when it is no caption, and says so', async (name, content) => {
    put('in/a.jpg', 'abc');
    put(`in/${name}`, content);
    const file = await readSource(await only('in/a.jpg'), limits);
    expect([file.bytes.toString(), file.caption, file.notUsed]).toEqual(['abc', undefined, ['caption']]);
  });

  it('uses the other caption when the first is not usable', async () => {
    put('in/a.jpg', 'abc');
    put('in/a.jpg.txt', Uint8Array.from([0]));
    put('in/a.txt', 'Rash');
    expect(await readSource(await only('in/a.jpg'), limits)).toMatchObject({
      caption: 'Rash',
      notUsed: ['caption'],
    });
  });

  it.each(['{"keep": [[1, 2, 3]]}', '{"keep": [[1, 2, 0, 4]]}', '{"kep": []}', 'x'])(
    'does not use a keep file that is %s, and says so',
    async (sidecar) => {
      put('in/a.jpg', 'abc');
      put('in/a.jpg.keep.json', sidecar);
      const { bytes, keep, notUsed } = await readSource(await only('in'), limits);
      expect([bytes.toString(), keep, notUsed]).toEqual(['abc', undefined, ['keep']]);
    },
  );

  it('ignores a link out of the folder, a pipe or a folder beside a photo', async () => {
    put('secret', '{"keep": [[1, 2, 3, 4]]}');
    put('in/a.jpg', 'abc');
    symlinkSync(join(folder, 'secret'), join(folder, 'in/a.jpg.keep.json'));
    execFileSync('mkfifo', [join(folder, 'in/a.jpg.txt')]);
    mkdirSync(join(folder, 'in/a.txt'));
    const { bytes, keep, caption, notUsed } = await readSource(await only('in/a.jpg'), limits);
    expect([bytes.toString(), keep, caption, notUsed]).toEqual([
      'abc',
      undefined,
      undefined,
      ['keep', 'caption'],
    ]);
  });

  it('refuses empty and too large files', async () => {
    put('in/a.jpg', '');
    await expect(readSource(await only('in'), limits)).rejects.toMatchObject({ code: 'empty-file' });
    put('in/a.jpg', 'x'.repeat(1001));
    await expect(readSource(await only('in'), limits)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('does not leave the input folder through a symbolic link, but follows one that was named', async () => {
    put('secret', 'secret');
    symlinkSync(join(folder, 'secret'), join(folder, 'in/link'));
    await expect(readSource(await only('in'), limits)).rejects.toMatchObject({ code: 'outside-input' });
    expect((await readSource(await only('in/link'), limits)).bytes.toString()).toBe('secret');
  });

  it('reads nothing through a folder that was swapped for a link since it was listed', async () => {
    put('in/deep/a.jpg', 'abc');
    mkdirSync(join(folder, 'elsewhere'));
    put('elsewhere/a.jpg', 'secret');
    const entry = await only('in');
    const path = join(folder, 'in/deep/a.jpg');
    const [real, root] = [Buffer.from(realpathSync(path)), Buffer.from(realpathSync(join(folder, 'in')))];
    renameSync(join(folder, 'in/deep'), join(folder, 'in/was-deep'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'in/deep'));
    await expect(readSource(entry, limits)).rejects.toMatchObject({ code: 'outside-input' });
    // The moment between a look and an opening: what was opened by the name that was looked at lies elsewhere.
    const opened = await open(path);
    await expect(assertOpenedInside(opened, real, root)).rejects.toMatchObject({ code: 'outside-input' });
    expect(await isStillThere(opened, real)).toBe(false);
    // Swapped back before the next check.
    rmSync(join(folder, 'in/deep'));
    renameSync(join(folder, 'in/was-deep'), join(folder, 'in/deep'));
    await expect(assertOpenedInside(opened, real, root)).rejects.toMatchObject({ code: 'outside-input' });
    expect(await isStillThere(opened, real)).toBe(false);
    await opened.close();
    const inside = await open(path);
    await assertOpenedInside(inside, real, root);
    expect(await isStillThere(inside, real)).toBe(true);
    await inside.close();
  });

  it('reads nothing from outside while a folder is swapped for a link again and again', async () => {
    mkdirSync(join(folder, 'elsewhere'));
    put('in/deep/a.jpg', 'inside');
    put('elsewhere/a.jpg', 'secret');
    const swapping = spawn(process.execPath, ['-e', SWAP], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(swapping.stdout, 'data');
    const entry = entryIn(join(folder, 'in'), 'deep/a.jpg');
    const seen = new Map<string, number>();
    for (let i = 0; i < 1500; i++) {
      const what = await readSource(entry, limits).then(
        ({ bytes }) => bytes.toString(),
        ({ code }: { code: string }) => code,
      );
      seen.set(what, (seen.get(what) ?? 0) + 1);
    }
    swapping.kill('SIGKILL');
    await once(swapping, 'close');
    expect(seen.get('secret')).toBeUndefined();
    expect(seen.get('inside')).toBeGreaterThan(0);
    expect(seen.get('outside-input')).toBeGreaterThan(0);
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
  it('lets through nothing that a terminal would act on', () => {
    const shown = displayName(Buffer.from('a\u001b[2J\n\u202egpj.exe'));
    // eslint-disable-next-line no-control-regex -- these are what must not come through
    expect(shown).not.toMatch(/[\u0000-\u001f\u202e]/);
  });
});
