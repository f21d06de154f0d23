import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entryIn } from '../../tests/support/source-entry.js';
import { draftOf, greyPng, stagePng } from '../../tests/support/staged-photo.js';
import { namedPhotos, Output, ReviewedOutput } from './index.js';

let folder: string;
let out: string;
const entry = (name: string) => entryIn(join(folder, 'in'), name);
const EMPTY = { id: 'error/empty-file', values: {} };

/** A run of a cleared photo, one to review and a refused file. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'image-deid-names-'));
  mkdirSync(join(folder, 'in'));
  out = join(folder, 'out');
  const output = await Output.open(out, [entry('a')], 's');
  const photo = await greyPng(120);
  await output.publish(entry('a'), 'a', draftOf('cleared'), await stagePng(output.staging, photo));
  const looked = { ...draftOf('review'), reasons: [{ id: 'gate/covered', values: { share: 0.7 } }] } as const;
  await output.publish(entry('b'), 'b', looked, await stagePng(output.staging, photo));
  await output.publish(entry('c'), 'empty-file', { ...draftOf('refused'), reasons: [EMPTY] });
  await output.finish(false);
  await output.close();
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Source, output without its random name, outcome, ids of the reasons. */
async function named() {
  return (await namedPhotos(out)).map(({ source, output, outcome, reasons }) => [
    source.toString().slice(join(folder, 'in').length + 1),
    output?.replace(/[^/]+\.png$/, 'X'),
    outcome,
    ...reasons.map(({ id }) => id),
  ]);
}

describe('namedPhotos', () => {
  it('says which file became which photo, refused files too', async () => {
    expect(await named()).toEqual([
      ['a', 'cleared/X', 'cleared'],
      ['b', 'review/X', 'review', 'gate/covered'],
      ['c', undefined, 'refused', 'error/empty-file'],
    ]);
  });

  it('follows what people decide, there and back, and says who', async () => {
    const reviewed = await ReviewedOutput.open(out);
    const [first] = await reviewed.list();
    const { output } = (await namedPhotos(out))[1]!;
    const rejected = await reviewed.decide(first!, { outcome: 'refused', reviewer: 'AB' });
    expect((await named())[1]).toEqual(['b', '.state/rejected/X', 'refused', 'gate/rejected']);
    expect(statSync(join(out, (await namedPhotos(out))[1]!.output!)).isFile()).toBe(true);
    const back = await reviewed.decide(rejected, { outcome: 'review', reviewer: 'AB' });
    expect((await named())[1]).toEqual(['b', 'review/X', 'review', 'gate/covered']);
    await reviewed.decide(back, { outcome: 'cleared', reviewer: 'CD', overrideReason: 'mine' });
    const [, accepted, ...rest] = await namedPhotos(out);
    expect(accepted).toMatchObject({
      outcome: 'cleared',
      reasons: [],
      decision: { reviewer: 'CD', reason: 'mine' },
    });
    expect(accepted!.output).toBe(output!.replace('review/', 'cleared/'));
    expect(rest).toHaveLength(1);
  });

  it('names a photo that was replaced by an edited one', async () => {
    const reviewed = await ReviewedOutput.open(out);
    const [first] = await reviewed.list();
    const edited = { staged: await stagePng(reviewed.staging, await greyPng(20)), draft: draftOf('cleared') };
    const done = await reviewed.decide(first!, { outcome: 'cleared', reviewer: 'AB', edited });
    expect((await namedPhotos(out))[1]).toMatchObject({ seq: 2, output: `cleared/${done.output.name}` });
  });

  it('tells a refusal that was tried again once', async () => {
    const output = await Output.open(out, [entry('a')], 's', { retryRefused: true });
    await output.publish(
      entry('c'),
      'c',
      draftOf('cleared'),
      await stagePng(output.staging, await greyPng(9)),
    );
    await output.close();
    expect(await named()).toEqual([
      ['a', 'cleared/X', 'cleared'],
      ['b', 'review/X', 'review', 'gate/covered'],
      ['c', 'cleared/X', 'cleared'],
    ]);
  });

  it('leaves out a photo that has no record yet, and a line that is being written', async () => {
    const line = JSON.stringify({ seq: 4, path: Buffer.from('/in/d').toString('base64'), source: 'd' });
    appendFileSync(join(out, '.state/names.jsonl'), `${line}\n{"seq":5`);
    expect(await named()).toHaveLength(3);
  });

  it('reads what only its owner can', async () => {
    expect(statSync(join(out, '.state')).mode & 0o777).toBe(0o700);
    expect(statSync(join(out, '.state/names.jsonl')).mode & 0o777).toBe(0o600);
    await namedPhotos(out);
  });

  it.each([
    ['there is no state', 'error/usage/no-names', () => rmSync(join(out, '.state'), { recursive: true })],
    ['there is no folder', 'error/usage/no-names', () => rmSync(out, { recursive: true })],
    [
      'the folder is a file',
      'error/usage/no-names',
      () => {
        rmSync(out, { recursive: true });
        writeFileSync(out, '');
      },
    ],
    [
      'the name map cannot be read',
      'error/usage/names-unreadable',
      () => {
        rmSync(join(out, '.state/names.jsonl'));
        mkdirSync(join(out, '.state/names.jsonl'));
      },
    ],
    [
      'a record has no name',
      'error/ledger-broken/unnamed',
      () => {
        const path = join(out, '.state/names.jsonl');
        const [first] = readFileSync(path, 'utf8').split('\n');
        writeFileSync(path, `${first}\n`);
      },
    ],
  ])('says so when %s', async (_why, id, damage) => {
    damage();
    await expect(namedPhotos(out)).rejects.toMatchObject({ finding: { id } });
  });
});
