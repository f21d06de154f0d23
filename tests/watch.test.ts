import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, readLedger, ROOT, temporaryFolder } from './support/cli.js';
import { makeUnlistable, removeTree } from './support/unlistable.js';
import { workersOf } from './support/workers-of.js';

let folder: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder, 'in/deep'), { recursive: true });
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const photo = (red: number) =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: { r: red, g: 160, b: 140 } } })
    .jpeg()
    .toBuffer();

/** Starts to watch; `next` resolves to the next event of the log. */
function watching() {
  const words = [
    'watch',
    join(folder, 'in'),
    '--out',
    join(folder, 'out'),
    '--log',
    'json',
    '--attest',
    'no-tattoo',
  ];
  const started = spawn(process.execPath, [join(ROOT, 'dist/cli/main.js'), ...words, '--jobs', '1'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child = started;
  const lines = createInterface({ input: started.stderr })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value as string) as Record<string, unknown>;
  const stopped = once(started, 'close') as Promise<[number | null]>;
  return {
    next,
    started,
    stop: () => (started.kill('SIGTERM'), stopped),
    kill: () => (started.kill('SIGKILL'), stopped),
  };
}

describe('image-deid watch', () => {
  it('takes what is there and what arrives, including a photo that was written slowly, and survives a restart', async () => {
    await writeFile(join(folder, 'in/first.jpg'), await photo(200));
    const first = watching();
    expect(await first.next()).toMatchObject({ event: 'run-started' });
    expect(await first.next()).toMatchObject({ event: 'photo', seq: 1, outcome: 'cleared' });
    // Half a photo that nobody goes on writing is a damaged one; the whole one replaces it when it is there.
    const slow = await photo(190);
    await writeFile(join(folder, 'in/deep/slow.jpg'), slow.subarray(0, slow.length / 2));
    expect(await first.next()).toMatchObject({ event: 'photo', seq: 2, outcome: 'refused' });
    await writeFile(join(folder, 'in/deep/slow.jpg'), slow);
    expect(await first.next()).toMatchObject({
      event: 'photo',
      seq: 3,
      outcome: 'cleared',
      hasChanged: true,
      replaces: 2,
    });
    await first.kill();

    await writeFile(join(folder, 'in/while-away.jpg'), await photo(180));
    const second = watching();
    const events = [await second.next(), await second.next(), await second.next(), await second.next()];
    expect(events.map(({ event }) => event).sort()).toEqual([
      'photo',
      'photo-known',
      'photo-known',
      'run-started',
    ]);
    const [code] = await second.stop();
    expect(code).toBe(0);
    const records = await readLedger(join(folder, 'out'));
    expect(records.map(({ outcome }) => outcome)).toEqual(['cleared', 'refused', 'cleared', 'cleared']);
    expect((await cli(['verify', join(folder, 'out'), '--private'])).code).toBe(0);
    const summary = JSON.parse(await readFile(join(folder, 'out/summary.json'), 'utf8')) as object;
    expect(summary).toMatchObject({ photos: 3, cleared: 3, refused: 0, interrupted: false });
  });

  it('lets unfinished files wait, takes a photo once, and withdraws what was made of one that is replaced', async () => {
    await writeFile(join(folder, 'in/deep/photo.jpg.part'), await photo(200));
    await writeFile(join(folder, 'in/.photo.jpg.X7f3'), await photo(201));
    await writeFile(join(folder, 'in/~$letter.docx'), 'Martha');
    await writeFile(join(folder, 'in/.DS_Store'), 'Martha');
    await writeFile(join(folder, 'in/other.jpg'), await photo(190));
    const { next, stop } = watching();
    expect(await next()).toMatchObject({ event: 'run-started' });
    expect(await next()).toMatchObject({ event: 'files-beside-photos', level: 'warn', count: 2 });
    expect(await next()).toMatchObject({ event: 'photo', seq: 1, outcome: 'cleared' });
    await rename(join(folder, 'in/deep/photo.jpg.part'), join(folder, 'in/deep/photo.jpg'));
    expect(await next()).toMatchObject({ event: 'photo', seq: 2, outcome: 'cleared' });
    const earlier = (await readLedger(join(folder, 'out')))[1]?.output?.name;
    await writeFile(join(folder, 'in/deep/photo.jpg'), await photo(180));
    expect(await next()).toMatchObject({ event: 'photo', seq: 3, outcome: 'cleared', replaces: 2 });
    const events = Promise.all([next(), next(), next(), next()]);
    expect((await stop())[0]).toBe(0);
    expect(await events).toMatchObject([
      { event: 'stopping' },
      { event: 'withdrawn', level: 'warn', count: 1 },
      { event: 'unfinished', level: 'info', count: 1 },
      { event: 'run-ended', photos: 2, cleared: 2, review: 0, refused: 0, beside: 2 },
    ]);
    const cleared = await readdir(join(folder, 'out/cleared'));
    expect([cleared.length, cleared.includes(earlier ?? '')]).toEqual([2, false]);
    expect(await readdir(join(folder, 'out/.state/withdrawn'))).toEqual([earlier]);
    expect((await cli(['verify', join(folder, 'out'), '--private'])).code).toBe(0);
  });

  it('does not refuse a photo because the process for it died while it had nothing to do', async () => {
    await writeFile(join(folder, 'in/first.jpg'), await photo(200));
    const { next, started, stop } = watching();
    expect(await next()).toMatchObject({ event: 'run-started' });
    expect(await next()).toMatchObject({ event: 'photo', outcome: 'cleared' });
    for (const pid of workersOf(started)) process.kill(pid, 'SIGKILL');
    await expect.poll(() => workersOf(started)).toEqual([]);
    await writeFile(join(folder, 'in/second.jpg'), await photo(190));
    expect(await next()).toMatchObject({ event: 'photo', outcome: 'cleared' });
    expect((await stop())[0]).toBe(0);
  });

  it('goes on when a folder inside cannot be listed, and says so', async () => {
    makeUnlistable(join(folder, 'in/deep'));
    await writeFile(join(folder, 'in/deep/first.jpg'), await photo(200));
    const { next, stop } = watching();
    expect(await next()).toMatchObject({ event: 'run-started' });
    expect(await next()).toMatchObject({ event: 'folders-unlisted', level: 'warn', count: 1 });
    expect(await next()).toMatchObject({ event: 'photo', outcome: 'cleared' });
    removeTree(join(folder, 'in/deep'));
    await writeFile(join(folder, 'in/second.jpg'), await photo(190));
    expect(await next()).toMatchObject({ event: 'photo', outcome: 'cleared' });
    expect((await stop())[0]).toBe(0);
  });

  it('ends when the folder is gone, and refuses what is not a folder or holds its output', async () => {
    const { next, stop } = watching();
    expect(await next()).toMatchObject({ event: 'run-started' });
    await rename(join(folder, 'in'), join(folder, 'away'));
    expect(await next()).toMatchObject({ event: 'run-failed', code: 'input-gone' });
    expect((await stop())[0]).toBe(1);
    const watch = async (input: string, out: string) =>
      (await cli(['watch', join(folder, input), '--out', join(folder, out)])).code;
    expect(await watch('absent', 'out')).toBe(2);
    expect(await watch('away', 'away/out')).toBe(2);
  });
});
