import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draftOf, greyPng, stagePng } from '../../tests/support/staged-photo.js';
import { entryIn } from '../../tests/support/source-entry.js';
import { Output, verifyOutput } from './index.js';

let folder: string;
let out: string;
let photo: Uint8Array;
const entry = (name: string) => entryIn(join(folder, 'in'), name);
const open = () => Output.open(out, [entry('a')], 'settings');
const staged = (output: Output) => stagePng(output.staging, photo);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'image-deid-together-'));
  mkdirSync(join(folder, 'in'));
  out = join(folder, 'out');
  photo = await greyPng(120);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('photos that are published together', () => {
  it('are kept up to one that fails; the next run removes those after it', async () => {
    const output = await open();
    const names = ['a', 'b', 'c', 'd', 'e'];
    const files = await Promise.all(names.map(() => staged(output)));
    appendFileSync(join(output.staging, files[2]?.photo ?? ''), 'x');
    const done = await Promise.allSettled(
      names.map((name, i) => output.publish(entry(name), name, draftOf('cleared'), files[i])),
    );
    expect(done.map(({ status }) => status === 'fulfilled')).toEqual([true, true, false, false, false]);
    await output.finish(true);
    await output.close();
    const next = await open();
    expect(names.map((name) => next.knownOf(entry(name)))).toEqual([['a'], ['b'], [], [], []]);
    await next.publish(entry('c'), 'c', draftOf('cleared'), await staged(next));
    await next.finish(false);
    await next.close();
    expect(await verifyOutput(out)).toMatchObject({ photos: 3, records: 3, problems: [] });
    const last = await open();
    expect(names.map((name) => last.knownOf(entry(name)))).toEqual([['a'], ['b'], ['c'], [], []]);
    await last.close();
  });
});
