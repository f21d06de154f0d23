import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/support/cli.js';
import { draftOf, greyPng, stagePng } from '../../tests/support/staged-photo.js';
import { entryIn } from '../../tests/support/source-entry.js';
import { Output, ReviewedOutput, verifyOutput, type OpenOptions } from './index.js';

let folder: string;
let out: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  out = join(folder, 'out');
  await mkdir(join(folder, 'in'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const entry = (name: string) => entryIn(join(folder, 'in'), name);
const openOutput = (options?: OpenOptions) => Output.open(out, [entry('a')], 'settings', options);
const publish = async (output: Output, name: string, outcome: 'cleared' | 'review' = 'cleared') =>
  output.publish(
    entry(name),
    name,
    draftOf(outcome),
    await stagePng(output.staging, await greyPng(name.charCodeAt(0))),
  );
const ledger = () => join(out, 'ledger.jsonl');
const inState = (name: string) => readdirSync(join(out, '.state', name)).sort();

async function finish(output: Output): Promise<void> {
  await output.finish(false);
  await output.close();
}

describe('a ledger whose chain is broken', () => {
  it('is not continued until what does not hold is set aside; its photos are treated again', async () => {
    const first = await openOutput();
    for (const name of ['a', 'b', 'c']) await publish(first, name);
    await finish(first);
    const [one, two, three] = readFileSync(ledger(), 'utf8').split('\n');
    // As left by two processes that wrote at once: the same place in the chain twice.
    const tail = `${two}\n${two}\n${three}\n{"torn`;
    writeFileSync(ledger(), `${one}\n${tail}`);
    const records = publishedNames(`${one}\n${two}\n${three}`);
    await expect(openOutput()).rejects.toMatchObject({
      code: 'ledger-broken',
      message: expect.stringContaining('line 3; "run --repair"') as string,
    });
    expect(readFileSync(ledger(), 'utf8')).toBe(`${one}\n${tail}`);

    const second = await openOutput({ repair: true });
    expect(second.repaired).toEqual({ lines: 3, photos: 1 });
    expect(['a', 'b', 'c'].map((name) => second.knownOf(entry(name)))).toEqual([['a'], ['b'], []]);
    const [file, photo] = inState('set-aside').sort((x, y) => y.localeCompare(x));
    expect(file).toBe('ledger-after-2-3.jsonl');
    expect(readFileSync(join(out, '.state/set-aside', file!), 'utf8')).toBe(`${two}\n${three}\n{"torn`);
    expect(photo).toBe(records[2]);
    expect(readdirSync(join(out, 'cleared')).sort()).toEqual(records.slice(0, 2).sort());
    // Killed before it has written anything.
    await second.close();

    const third = await openOutput();
    expect(third.repaired).toEqual({ lines: 0, photos: 0 });
    expect((await publish(third, 'c')).setAside).toBe(3);
    expect((await publish(third, 'd')).setAside).toBeUndefined();
    await finish(third);
    expect(await verifyOutput(out)).toMatchObject({ photos: 4, records: 4, problems: [] });
    const fourth = await openOutput({ repair: true });
    expect(fourth.repaired).toEqual({ lines: 0, photos: 0 });
    expect((await publish(fourth, 'e')).setAside).toBeUndefined();
    await finish(fourth);
  });

  it('returns to review what a decision that does not hold had let out', async () => {
    const first = await openOutput();
    await publish(first, 'a', 'review');
    await publish(first, 'b', 'review');
    await finish(first);
    const reviewed = await ReviewedOutput.open(out);
    const [a, b] = await reviewed.list();
    await reviewed.decide(a!, { outcome: 'cleared', reviewer: 'AB' });
    await reviewed.decide(b!, { outcome: 'refused', reviewer: 'AB' });
    expect([readdirSync(join(out, 'cleared')), inState('rejected')]).toEqual([
      [a!.output.name],
      [b!.output.name],
    ]);
    const lines = readFileSync(ledger(), 'utf8').split('\n');
    lines[2] = lines[2]!.replace('cleared', 'CLEARED');
    writeFileSync(ledger(), lines.join('\n'));
    const second = await openOutput({ repair: true });
    expect(second.repaired).toEqual({ lines: 2, photos: 0 });
    await second.close();
    expect([readdirSync(join(out, 'cleared')), inState('rejected')]).toEqual([[], []]);
    const inReview = readdirSync(join(out, 'review')).filter((name) => name !== 'report.html');
    expect(inReview.sort()).toEqual([a!.output.name, b!.output.name].sort());
  });

  it('keeps what people put into its folders', async () => {
    const first = await openOutput();
    await publish(first, 'a');
    await finish(first);
    writeFileSync(join(out, 'cleared', 'thesis.png'), 'mine');
    writeFileSync(join(out, 'cleared', '0123456789abcdef.png'), 'nobody knows');
    const second = await openOutput({ repair: true });
    expect(second.repaired).toEqual({ lines: 0, photos: 1 });
    await finish(second);
    expect(readdirSync(join(out, 'cleared'))).toContain('thesis.png');
    expect(inState('set-aside')).toEqual(['0123456789abcdef.png']);
  });
});

function publishedNames(text: string): string[] {
  return text.split('\n').map((line) => (JSON.parse(line) as { output: { name: string } }).output.name);
}
