import { appendFile, mkdir, open, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLedger, temporaryFolder } from '../../tests/support/cli.js';
import { draftOf, greyPng, stagePng } from '../../tests/support/staged-photo.js';
import { entryIn } from '../../tests/support/source-entry.js';
import { Output, ReviewedOutput, verifyOutput } from './index.js';
import { takeLock } from './lock.js';

const LOST = { code: 'output-locked' };
let folder: string;
let out: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  out = join(folder, 'out');
  await mkdir(join(folder, 'in'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const entry = (name: string) => entryIn(join(folder, 'in'), name);
const openOutput = () => Output.open(out, [entry('a')], 'settings');
const stage = async (output: Output) => stagePng(output.staging, await greyPng(120));
const publish = async (output: Output, name: string, outcome: 'cleared' | 'review' = 'cleared') =>
  output.publish(entry(name), name, draftOf(outcome), await stage(output));

/** Ages the lock by a minute without a sign of life, and gives it a process that this machine cannot look for. */
async function letLockAge(state = join(out, '.state')): Promise<void> {
  const lock = join(state, 'lock');
  const holder = JSON.parse(await readFile(lock, 'utf8')) as object;
  await writeFile(lock, JSON.stringify({ ...holder, host: 'another machine' }));
  const then = new Date(Date.now() - 61_000);
  await utimes(lock, then, then);
}

async function expectWhole(...sources: string[]): Promise<void> {
  const names = (await readFile(join(out, '.state/names.jsonl'), 'utf8')).trim().split('\n');
  const mapped = new Map(names.map((line) => [(JSON.parse(line) as { seq: number }).seq, line]));
  const records = await readLedger(out);
  expect(records.map(({ seq }) => (JSON.parse(mapped.get(seq)!) as { source: string }).source)).toEqual(
    sources,
  );
  expect((await verifyOutput(out)).problems).toEqual([]);
}

describe('a lock', () => {
  it('counts its holders, and knows when the last one did not release it', async () => {
    await mkdir(out);
    const first = await takeLock(out);
    expect([first.fence, first.isTakenOver]).toEqual([1, false]);
    await first.release();
    const second = await takeLock(out);
    expect([second.fence, second.isTakenOver]).toEqual([2, false]);
    await letLockAge(out);
    const third = await takeLock(out);
    expect([third.fence, third.isTakenOver]).toEqual([3, true]);
    await expect(second.prove()).rejects.toMatchObject(LOST);
    await second.release();
    await third.prove();
    await third.release();
    expect((await readdir(out)).sort()).toEqual(['fence']);
  });

  it('counts as taken over until a new holder has begun, even if others died on the way', async () => {
    await mkdir(out);
    await takeLock(out);
    await letLockAge(out);
    // Left by a process that found the lock dead, moved it away and was killed.
    await rename(join(out, 'lock'), join(out, 'lock.0123456789abcdef.dead'));
    const next = await takeLock(out);
    expect(next.isTakenOver).toBe(true);
    await next.release();
  });

  it('that is gone with its drive is not called another’s', async () => {
    await mkdir(out);
    const lock = await takeLock(out);
    await rename(out, join(folder, 'away'));
    await expect(lock.prove()).rejects.toMatchObject({ code: 'ENOENT' });
    await rename(join(folder, 'away'), out);
    await lock.release();
  });

  it('of a living process on this machine is not taken', async () => {
    await mkdir(out);
    const living = { host: hostname(), pid: process.ppid, token: 'another', fence: 4 };
    await writeFile(join(out, 'lock'), JSON.stringify(living));
    await expect(takeLock(out)).rejects.toMatchObject(LOST);
  });
});

describe('a run that another run took for dead', () => {
  it('writes nothing more, and removes nothing of the other run', async () => {
    const first = await openOutput();
    await publish(first, 'a');
    const waiting = await stage(first);
    await letLockAge();
    const second = await openOutput();
    await publish(second, 'b');
    const secondStaged = await stage(second);
    await expect(first.publish(entry('c'), 'c', draftOf('cleared'), waiting)).rejects.toMatchObject(LOST);
    await expect(first.finish(true)).rejects.toMatchObject(LOST);
    await first.close();
    await second.publish(entry('d'), 'd', draftOf('cleared'), secondStaged);
    await second.finish(false);
    await second.close();
    await expectWhole('a', 'b', 'd');
    expect((await readLedger(out)).map(({ fence }) => fence)).toEqual([1, 2, 2]);
  });

  it.each(['ledger.jsonl', '.state/names.jsonl'])(
    'reaches %s not even through what it had opened before',
    async (file) => {
      const first = await openOutput();
      await publish(first, 'a');
      const opened = await open(join(out, file), 'a');
      await letLockAge();
      const second = await openOutput();
      await publish(second, 'b');
      await opened.writeFile('{"seq":2,"prev":"what the first one was about to write"}\n');
      await opened.close();
      await publish(second, 'c');
      await second.finish(false);
      await second.close();
      await first.close();
      await expectWhole('a', 'b', 'c');
    },
  );

  it('does not append to what somebody else wrote, whatever the lock says', async () => {
    const output = await openOutput();
    await publish(output, 'a');
    await appendFile(join(out, 'ledger.jsonl'), 'x');
    await expect(publish(output, 'b')).rejects.toMatchObject(LOST);
    await output.close();
  });
});

describe('a ledger', () => {
  it('is broken where the number of its writer goes down', async () => {
    const output = await openOutput();
    await publish(output, 'a');
    await output.close();
    const again = await openOutput();
    await publish(again, 'b');
    await again.finish(false);
    await again.close();
    const path = join(out, 'ledger.jsonl');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"fence":2', '"fence":0'));
    expect((await verifyOutput(out)).problems[0]).toMatchObject({ file: 'ledger.jsonl' });
  });

  it('goes on counting its writers when .state is older than it', async () => {
    for (const name of ['a', 'b']) {
      const output = await openOutput();
      await publish(output, name);
      await output.close();
    }
    await writeFile(join(out, '.state/fence'), '0');
    const restored = await openOutput();
    await publish(restored, 'c');
    await restored.finish(false);
    await restored.close();
    expect((await readLedger(out)).map(({ fence }) => fence)).toEqual([1, 2, 2]);
    await expectWhole('a', 'b', 'c');
  });

  it('of decisions is written by one reviewer after the other', async () => {
    const output = await openOutput();
    await publish(output, 'a', 'review');
    await output.finish(false);
    await output.close();
    const reviewed = await ReviewedOutput.open(out);
    const [photo] = await reviewed.list();
    await reviewed.decide(photo!, { outcome: 'cleared', reviewer: 'AB' });
    expect((await readLedger(out)).map(({ fence }) => fence)).toEqual([1, 2]);
  });
});
