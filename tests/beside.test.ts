import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBlankPhotos } from './support/blank-photos.js';
import { cli, readLedger, temporaryFolder } from './support/cli.js';
import { makeUnlistable, removeTree } from './support/unlistable.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  await writeBlankPhotos(join(folder, 'in'), ['a.png', 'b.png', 'c.png']);
});
afterAll(() => {
  removeTree(folder);
});

const run = (out: string, ...more: string[]) =>
  cli([
    'run',
    join(folder, 'in'),
    '--out',
    join(folder, out),
    '--attest',
    'no-tattoo',
    '--log',
    'json',
    ...more,
  ]);
const eventsOf = (stderr: string) =>
  stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('what lies beside photos', () => {
  it('that is not what its name says is reported and not used; the photos are treated', async () => {
    await writeFile(join(folder, 'in/a.txt'), Uint8Array.from([0, 1, 2]));
    await writeFile(join(folder, 'in/b.png.keep.json'), 'Martha');
    await writeFile(join(folder, 'in/c.keep.json'), '{"keep": [[1, 2, 3, 4]]}');
    const { code, stderr } = await run('out');
    expect(code).toBe(0);
    const events = eventsOf(stderr);
    expect(events.find(({ event }) => event === 'keep-files-stray')).toMatchObject({
      level: 'warn',
      count: 1,
    });
    expect(events.find(({ event }) => event === 'beside-not-used')).toMatchObject({
      level: 'warn',
      count: 2,
    });
    expect(stderr).not.toContain('Martha');
    const records = await readLedger(join(folder, 'out'));
    expect(records.map(({ outcome, notUsed }) => `${outcome} ${notUsed?.join() ?? ''}`).sort()).toEqual([
      'cleared ',
      'cleared caption',
      'cleared keep',
    ]);
    for (const name of ['a.txt', 'b.png.keep.json', 'c.keep.json']) await rm(join(folder, 'in', name));
  });

  it.each([
    ['en', 'A region to keep lies outside the photo, and keeps nothing'],
    ['fr', 'Une zone à garder est hors de la photo et ne garde rien'],
  ])(
    'that keeps a region outside its photo is told in the log, the ledger and the report, in %s',
    async (lang, said) => {
      await writeFile(join(folder, 'in/a.png.keep.json'), '{"keep": [[1, 2, 3, 4], [90000, 2, 3, 4]]}');
      const out = join(folder, `out-${lang}`);
      const { code, stderr } = await run(`out-${lang}`, '--lang', lang);
      await rm(join(folder, 'in/a.png.keep.json'));
      expect(code).toBe(0);
      const events = eventsOf(stderr);
      expect(events.find(({ event }) => event === 'keep-outside')).toMatchObject({ level: 'warn', count: 1 });
      expect(events.flatMap(({ keepOutside }) => keepOutside ?? [])).toEqual([1]);
      expect((await readLedger(out)).flatMap(({ keepOutside }) => keepOutside ?? [])).toEqual([1]);
      expect((await readFile(join(out, 'report.html'), 'utf8')).split(said)).toHaveLength(2);
    },
  );

  it('in a folder that cannot be listed is reported and counted, and the rest is treated', async () => {
    await mkdir(join(folder, 'in/Martha'));
    makeUnlistable(join(folder, 'in/Martha'));
    const { code, stderr, stdout } = await run('out-unlisted');
    expect(code).toBe(3);
    const events = eventsOf(stderr);
    expect(events.find(({ event }) => event === 'folders-unlisted')).toMatchObject({
      level: 'warn',
      count: 1,
    });
    expect(stderr + stdout).not.toContain('Martha');
    expect(events.at(-1)).toMatchObject({ event: 'run-ended', photos: 3, cleared: 3 });
    removeTree(join(folder, 'in/Martha'));
    expect((await run('out-unlisted')).code).toBe(0);
  });
});
