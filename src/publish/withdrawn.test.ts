import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draftOf, greyPng, stagePng } from '../../tests/support/staged-photo.js';
import { entryIn } from '../../tests/support/source-entry.js';
import type { LedgerDraft } from './contract.js';
import { CHAIN_START, lineHash } from './ledger-chain.js';
import { Output, ReviewedOutput, verifyOutput } from './index.js';

const [A, B, C] = ['a', 'b', 'c'].map((sign) => sign.repeat(64)) as [string, string, string];
let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'image-deid-withdrawn-'));
  mkdirSync(join(folder, 'in'));
  out = join(folder, 'out');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const entry = (name = 'photo') => entryIn(join(folder, 'in'), name);
const open = (repair = false) => Output.open(out, [entry()], 's', { repair });
type Outcome = LedgerDraft['outcome'];
/** Publishes what took the place of what lay there before. */
async function replace(output: Output, source: string, outcome: Outcome = 'cleared', name = 'photo') {
  const staged =
    outcome === 'refused' ? undefined : await stagePng(output.staging, await greyPng(source.charCodeAt(0)));
  return output.publish({ ...entry(name), isReplacement: true }, source, draftOf(outcome), staged);
}
async function end(output: Output) {
  const summary = await output.finish(false);
  await output.close();
  return summary;
}
const photosIn = (name: string) => readdirSync(join(out, name)).filter((file) => file.endsWith('.png'));
const lying = () => ['cleared', 'review', '.state/withdrawn'].map((name) => photosIn(name).length);
const problems = async () => (await verifyOutput(out)).problems;
const pictures = (name: string) => readFileSync(join(out, name), 'utf8').match(/<img /g)?.length ?? 0;

describe('a photo that another took the place of', () => {
  it('leaves what may be shared and is counted no more; the new record names it', async () => {
    const output = await open();
    const first = await replace(output, A);
    expect(first.replaces).toBeUndefined();
    await replace(output, C, 'cleared', 'other');
    const second = await replace(output, B, 'review');
    expect([second.replaces, second.schema]).toEqual([1, 'image-deid/ledger@4']);
    expect(lying()).toEqual([1, 1, 1]);
    expect(photosIn('.state/withdrawn')).toEqual([first.output?.name]);
    expect(await end(output)).toMatchObject({ photos: 2, cleared: 1, review: 1, refused: 0 });
    expect([pictures('report.html'), pictures('review/report.html')]).toEqual([1, 1]);
    expect(await problems()).toEqual([]);
  });

  it('is withdrawn by a refusal too, and comes back by being treated again', async () => {
    const output = await open();
    await replace(output, A);
    expect((await replace(output, B, 'refused')).replaces).toBe(1);
    expect(output.knownOf(entry())).toEqual([B]);
    expect((await replace(output, A)).replaces).toBe(2);
    expect(lying()).toEqual([1, 0, 1]);
    expect(await end(output)).toMatchObject({ photos: 1, cleared: 1, refused: 0 });
    const again = await open();
    expect(again.knownOf(entry())).toEqual([A]);
    expect((await replace(again, C)).replaces).toBe(3);
    expect(await end(again)).toMatchObject({ photos: 1, cleared: 1 });
    expect(await problems()).toEqual([]);
  });

  it('stays when it cannot be told whether it was replaced, and goes when the place was emptied', async () => {
    const output = await open();
    await replace(output, A);
    expect((await replace(output, 'unreadable', 'refused')).replaces).toBeUndefined();
    expect(lying()).toEqual([1, 0, 0]);
    expect(await replace(output, B)).toMatchObject({ retryOf: 2, replaces: 1 });
    expect((await replace(output, 'empty-file', 'refused')).replaces).toBe(3);
    expect(lying()).toEqual([0, 0, 2]);
    expect(await replace(output, C)).toMatchObject({ retryOf: 4 });
    expect(await end(output)).toMatchObject({ photos: 1, cleared: 1, refused: 0 });
    expect(await problems()).toEqual([]);
  });

  it('stays when another one of its name follows it later, of which alone the next is the replacement', async () => {
    const output = await open();
    await replace(output, A);
    const other = await stagePng(output.staging, await greyPng(9));
    expect((await output.publish(entry(), B, draftOf('cleared'), other)).replaces).toBeUndefined();
    expect((await replace(output, C)).replaces).toBe(2);
    expect(await end(output)).toMatchObject({ photos: 2, cleared: 2 });
    expect(await problems()).toEqual([]);
  });

  it('is withdrawn when a person had let it out, and shown to nobody any more', async () => {
    const first = await open();
    await replace(first, A, 'review');
    await end(first);
    const reviewed = await ReviewedOutput.open(out);
    const [seen] = await reviewed.list();
    const cleared = await reviewed.decide(seen!, { outcome: 'cleared', reviewer: 'AB' });
    const second = await open();
    expect((await replace(second, B, 'review')).replaces).toBe(1);
    expect(photosIn('.state/withdrawn')).toEqual([cleared.output.name]);
    expect(await end(second)).toMatchObject({ photos: 1, cleared: 0, review: 1 });
    expect((await reviewed.list()).map(({ record }) => record.seq)).toEqual([3]);
    const late = reviewed.decide(cleared, { outcome: 'refused', reviewer: 'AB' });
    await expect(late).rejects.toMatchObject({ code: 'decided' });
    expect(await problems()).toEqual([]);
  });

  it('is withdrawn in a folder of the version before, whose records stay as they are', async () => {
    const first = await open();
    await replace(first, A);
    await replace(first, C, 'review', 'other');
    await end(first);
    let prev = CHAIN_START;
    const before = readFileSync(join(out, 'ledger.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => {
        const record = JSON.parse(line) as Record<string, unknown>;
        const written = JSON.stringify({ ...record, schema: 'image-deid/ledger@3', prev });
        prev = lineHash(written);
        return `${written}\n`;
      })
      .join('');
    writeFileSync(join(out, 'ledger.jsonl'), before);
    const next = await open();
    expect(next.knownOf(entry())).toEqual([A]);
    expect((await replace(next, B)).replaces).toBe(1);
    expect(await end(next)).toMatchObject({ photos: 2, cleared: 1, review: 1 });
    expect(readFileSync(join(out, 'ledger.jsonl'), 'utf8').startsWith(before)).toBe(true);
    expect([lying(), await problems()]).toEqual([[1, 1, 1], []]);
  });

  it('is withdrawn by the next run when a crash came before the move, and by a repair', async () => {
    const first = await open();
    const { output: file } = await replace(first, A);
    await replace(first, B);
    await end(first);
    const back = () => {
      renameSync(join(out, '.state/withdrawn', file!.name), join(out, 'cleared', file!.name));
    };
    for (const isRepair of [false, true]) {
      back();
      expect(await problems()).toMatchObject([{ problem: { id: 'verify/unknown-file' } }]);
      const next = await open(isRepair);
      expect([next.repaired, lying()]).toEqual([{ lines: 0, photos: 0 }, [1, 0, 1]]);
      await end(next);
      expect(await problems()).toEqual([]);
    }
    // Without the record that replaced it, it stands again.
    const [line] = readFileSync(join(out, 'ledger.jsonl'), 'utf8').split('\n');
    writeFileSync(join(out, 'ledger.jsonl'), `${line}\n{}\n`);
    const repaired = await open(true);
    expect(photosIn('cleared')).toEqual([file!.name]);
    expect(await end(repaired)).toMatchObject({ photos: 1, cleared: 1 });
    expect(await problems()).toEqual([]);
  });
});
