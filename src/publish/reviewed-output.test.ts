import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draftOf, greyPng, stagePng } from '../../tests/support/staged-photo.js';
import { entryIn } from '../../tests/support/source-entry.js';
import { lineHash } from './ledger-chain.js';
import { Output, ReviewedOutput, verifyOutput, type ReviewedPhoto } from './index.js';

let folder: string;
let out: string;
let photo: Uint8Array;

/** A run of a cleared photo and one to review. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'image-deid-reviewed-'));
  mkdirSync(join(folder, 'in'));
  out = join(folder, 'out');
  photo = await greyPng(120);
  const entry = (name: string) => entryIn(join(folder, 'in'), name);
  const output = await Output.open(out, [entry('a')], 's');
  for (const [name, outcome] of [
    ['a', 'cleared'],
    ['b', 'review'],
  ] as const) {
    await output.publish(entry(name), name, draftOf(outcome), await stagePng(output.staging, photo));
  }
  await output.finish(false);
  await output.close();
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const problems = async () => (await verifyOutput(out)).problems;
async function open(): Promise<[ReviewedOutput, ReviewedPhoto]> {
  const output = await ReviewedOutput.open(out);
  const [first] = await output.list();
  return [output, first!];
}
const photosIn = (name: string) => readdirSync(join(out, name)).filter((file) => file !== 'report.html');
const counts = () => ['cleared', 'review', '.state/rejected'].map((name) => photosIn(name).length);
/** How many pictures the two reports show. */
const pictures = () =>
  ['report.html', 'review/report.html'].map((name) => {
    const html = existsSync(join(out, name)) ? readFileSync(join(out, name), 'utf8') : '';
    return html.match(/<img /g)?.length ?? 0;
  });

describe('ReviewedOutput', () => {
  it('lists what needs a person, and moves it where they say', async () => {
    const [output, photoToReview] = await open();
    expect((await output.list()).map(({ record }) => record.seq)).toEqual([2]);
    const rejected = await output.decide(photoToReview, { outcome: 'refused', reviewer: 'AB' });
    expect(counts()).toEqual([1, 0, 1]);
    expect(await problems()).toEqual([]);
    const back = await output.decide(rejected, { outcome: 'review', reviewer: 'AB' });
    const accepted = await output.decide(back, { outcome: 'cleared', reviewer: 'CD', overrideReason: 'why' });
    expect(accepted.decision).toMatchObject({ decisionOf: 2, reviewer: 'CD', overrideReason: 'why', seq: 5 });
    expect(counts()).toEqual([2, 0, 0]);
    expect(await problems()).toEqual([]);
    expect(await output.counts()).toEqual({ cleared: 2, review: 0, refused: 0 });
    const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as object;
    expect(summary).toMatchObject({ photos: 2, cleared: 2, ledger: { records: 5 } });
  });

  it('rewrites both reports after every decision, and neither shows what was rejected', async () => {
    const [output, photoToReview] = await open();
    expect(pictures()).toEqual([1, 1]);
    const rejected = await output.decide(photoToReview, { outcome: 'refused', reviewer: 'AB' });
    expect(pictures()).toEqual([1, 0]);
    const back = await output.decide(rejected, { outcome: 'review', reviewer: 'AB' });
    expect(pictures()).toEqual([1, 1]);
    const accepted = await output.decide(back, { outcome: 'cleared', reviewer: 'AB' });
    // Who accepted it, and why, stays with its owner.
    expect(pictures()).toEqual([2, 1]);
    const again = await output.decide(accepted, { outcome: 'review', reviewer: 'AB' });
    expect(pictures()).toEqual([1, 1]);
    await output.decide(again, { outcome: 'refused', reviewer: 'AB' });
    expect(pictures()).toEqual([1, 0]);
    expect(await problems()).toEqual([]);
  });

  it('rewrites the reports and the summary when a crash came before they were written', async () => {
    const [output, photoToReview] = await open();
    const files = ['report.html', 'review/report.html', 'summary.json'];
    const before = files.map((name) => readFileSync(join(out, name)));
    await output.decide(photoToReview, { outcome: 'refused', reviewer: 'AB' });
    files.forEach((name, i) => writeFileSync(join(out, name), before[i]!));
    expect(pictures()).toEqual([1, 1]);
    await ReviewedOutput.open(out);
    expect(pictures()).toEqual([1, 0]);
    expect(await problems()).toEqual([]);
  });

  it('goes on saying how many files lie beside the photos', async () => {
    const run = await Output.open(out, [entryIn(join(folder, 'in'), 'a')], 's');
    await run.finish(false, undefined, 'en', 4);
    await run.close();
    const [output, photoToReview] = await open();
    await output.decide(photoToReview, { outcome: 'refused', reviewer: 'AB' });
    const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as object;
    expect(summary).toMatchObject({ photos: 2, beside: 4 });
    expect(await problems()).toEqual([]);
  });

  it('replaces a photo that was covered differently', async () => {
    const [output, photoToReview] = await open();
    const bytes = await greyPng(20);
    const edited = { staged: await stagePng(output.staging, bytes), draft: draftOf('cleared') };
    const done = await output.decide(photoToReview, { outcome: 'cleared', reviewer: 'AB', edited });
    expect(done.output.name).not.toBe(photoToReview.output.name);
    expect(readFileSync(join(out, 'cleared', done.output.name)).equals(bytes)).toBe(true);
    expect(counts()).toEqual([2, 0, 0]);
    expect(await problems()).toEqual([]);
    // Takes the photo back into review as it is now.
    await output.decide(done, { outcome: 'review', reviewer: 'AB' });
    expect(photosIn('review')).toEqual([done.output.name]);
    expect(await problems()).toEqual([]);
  });

  it('lets out for a laxer audience than the run’s only what a person gives a reason for, also after an undo', async () => {
    const [output, photoToReview] = await open();
    const laxer = async () => {
      const draft = draftOf('cleared');
      const settings = { ...draft.settings, destination: 'clinical' } as const;
      const reasons = [
        { id: 'gate/laxer-than-run', values: { destination: 'clinical', run: 'public', most: 0.09 } },
      ];
      return {
        staged: await stagePng(output.staging, await greyPng(20)),
        draft: { ...draft, settings, reasons },
      };
    };
    const accepted = { outcome: 'cleared', reviewer: 'AB' } as const;
    const before = readFileSync(join(out, 'ledger.jsonl'), 'utf8');
    const quietly = output.decide(photoToReview, { ...accepted, edited: await laxer() });
    await expect(quietly).rejects.toMatchObject({ code: 'not-cleared' });
    expect(readFileSync(join(out, 'ledger.jsonl'), 'utf8')).toBe(before);
    expect([photosIn('cleared').length, photosIn('review')]).toEqual([1, [photoToReview.output.name]]);
    const overrideReason = 'For the team alone';
    const done = await output.decide(photoToReview, { ...accepted, overrideReason, edited: await laxer() });
    expect(done.made).toMatchObject({
      overrideReason,
      settings: { destination: 'clinical' },
      reasons: [{ id: 'gate/laxer-than-run' }],
    });
    const back = await output.decide(done, { outcome: 'review', reviewer: 'AB' });
    // What lies there is still what was made for others, and its records say so.
    expect(back.decision).toMatchObject({ settings: { destination: 'clinical' }, decisionOf: 2 });
    await expect(output.decide(back, accepted)).rejects.toMatchObject({ code: 'not-cleared' });
    await output.decide(back, { ...accepted, overrideReason });
    expect(counts()).toEqual([2, 0, 0]);
    expect(await problems()).toEqual([]);
    const [again] = await (await ReviewedOutput.open(out)).list();
    expect(again?.made.settings.destination).toBe('clinical');
  });

  it('takes what was made for the audience of the run or a stricter one without a reason', async () => {
    const [output, photoToReview] = await open();
    const edited = { staged: await stagePng(output.staging, await greyPng(20)), draft: draftOf('cleared') };
    const done = await output.decide(photoToReview, { outcome: 'cleared', reviewer: 'AB', edited });
    const back = await output.decide(done, { outcome: 'review', reviewer: 'AB' });
    await output.decide(back, { outcome: 'cleared', reviewer: 'AB' });
    expect(counts()).toEqual([2, 0, 0]);
  });

  it('does not take a decision for the record of a photo that a crash interrupted', async () => {
    // Its name was written for the number that the decision gets.
    const entry = entryIn(join(folder, 'in'), 'c');
    const line = { seq: 3, path: entry.path.toString('base64'), source: 'c', name: 'f'.repeat(16) + '.png' };
    appendFileSync(join(out, '.state/names.jsonl'), `${JSON.stringify(line)}\n`);
    const [output, photoToReview] = await open();
    await output.decide(photoToReview, { outcome: 'cleared', reviewer: 'AB' });
    const run = await Output.open(out, [entry], 's');
    expect(run.knownOf(entry)).toEqual([]);
    expect(run.knownOf({ ...entry, path: Buffer.from(join(folder, 'in/b')) })).toEqual(['b']);
    await run.close();
  });

  it('does not decide on what somebody else decided meanwhile', async () => {
    const [mine, seenByMe] = await open();
    const [theirs, seenByThem] = await open();
    await theirs.decide(seenByThem, { outcome: 'cleared', reviewer: 'CD' });
    const late = mine.decide(seenByMe, { outcome: 'refused', reviewer: 'AB' });
    await expect(late).rejects.toMatchObject({ code: 'decided' });
    expect(counts()).toEqual([2, 0, 0]);
    expect((await mine.list())[0]).toMatchObject({ outcome: 'cleared' });
  });

  it('lets out nothing but what was checked', async () => {
    const [output, photoToReview] = await open();
    const dirty = await sharp(photo)
      .withExif({ IFD0: { Artist: 'SOMEBODY' } })
      .png()
      .toBuffer();
    writeFileSync(join(out, 'review', photoToReview.output.name), dirty);
    const letting = output.decide(photoToReview, { outcome: 'cleared', reviewer: 'AB' });
    await expect(letting).rejects.toMatchObject({ code: 'unclean-output' });
    expect(counts()).toEqual([1, 1, 0]);
  });

  it('moves and reads no file with a name or number that it does not write itself', async () => {
    const { outcome, output, ...record } = (await open())[1].record;
    const file = { ...output!, name: `${'e'.repeat(16)}.png` };
    const victims = [join(folder, 'victim.txt'), join(out, 'victim.txt'), join(out, 'review/victim.txt')];
    for (const victim of victims) writeFileSync(victim, 'mine');
    mkdirSync(join(out, '.state/rejected'));
    const before = readdirSync(folder, { recursive: true }).sort();
    const decided = { ...record, outcome: 'refused', decisionOf: 2 };
    const photoNamed = (name: unknown) => ({ ...record, outcome, output: { ...file, name } });
    const [first = ''] = readFileSync(join(out, 'ledger.jsonl'), 'utf8').split('\n');
    const forged: readonly (readonly object[])[] = [
      ...[
        '../../victim.txt',
        '../victim.txt',
        'victim.txt',
        `${'e'.repeat(16)}.txt`,
        `${'e'.repeat(16)}.png/..`,
        7,
      ].map((name) => [photoNamed(name), decided]),
      // The first record is in order, the decision about it is not.
      [
        photoNamed(file.name),
        { ...decided, outcome: 'cleared', output: { ...file, name: '../../victim.txt' } },
      ],
      [photoNamed(file.name), { ...decided, outcome: '../..' }],
      [photoNamed(file.name), { ...decided, decisionOf: '../../../victim' }],
      [photoNamed(file.name), { ...decided, decisionOf: 3 }],
      [photoNamed(file.name), { ...decided, retryOf: '../1' }],
      [{ ...record, outcome: '../review', output: file }, decided],
      [{ ...record, outcome, output: { ...file, format: '../png' } }, decided],
      [{ ...record, outcome, output: { ...file, format: 'jpeg' } }, decided],
    ];
    for (const records of forged) {
      const lines = [first];
      for (const each of records) {
        const link = { ...each, seq: lines.length + 1, prev: lineHash(lines.at(-1) ?? '') };
        lines.push(JSON.stringify(link));
      }
      writeFileSync(join(out, 'ledger.jsonl'), `${lines.join('\n')}\n`);
      await expect(ReviewedOutput.open(out), lines.at(-1) ?? '').rejects.toMatchObject({
        code: 'ledger-broken',
      });
      expect((await verifyOutput(out)).problems.length).toBeGreaterThan(0);
    }
    for (const victim of victims) expect(readFileSync(victim, 'utf8')).toBe('mine');
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);
  });

  it('finishes a move that a crash interrupted', async () => {
    const [output, photoToReview] = await open();
    const { output: file } = await output.decide(photoToReview, { outcome: 'cleared', reviewer: 'AB' });
    // The record was written, the photo not yet moved.
    renameSync(join(out, 'cleared', file.name), join(out, 'review', file.name));
    await ReviewedOutput.open(out);
    expect(await problems()).toEqual([]);
    expect(counts()).toEqual([2, 0, 0]);
  });

  it('does not wait long for somebody else in the folder, and refuses what is not an output folder', async () => {
    const [output, photoToReview] = await open();
    const lock = { host: hostname(), pid: process.ppid, token: 'another', fence: 7 };
    writeFileSync(join(out, '.state/lock'), JSON.stringify(lock));
    const deciding = output.decide(photoToReview, { outcome: 'cleared', reviewer: 'AB' });
    await expect(deciding).rejects.toMatchObject({ code: 'output-locked' });
    await expect(ReviewedOutput.open(folder)).rejects.toMatchObject({ code: 'usage' });
  });

  it('reads on where another reviewer or run has added, and anew where the ledger is another one', async () => {
    const [mine, seen] = await open();
    const [theirs] = await open();
    await theirs.decide(seen, { outcome: 'refused', reviewer: 'CD' });
    expect((await mine.photo(2)).decision).toMatchObject({ reviewer: 'CD', seq: 3 });
    await expect(mine.decide(seen, { outcome: 'cleared', reviewer: 'AB' })).rejects.toMatchObject({
      code: 'decided',
    });
    const entry = (name: string) => entryIn(join(folder, 'in'), name);
    const run = await Output.open(out, [entry('a')], 's');
    await run.publish(entry('c'), 'c', draftOf('review'), await stagePng(run.staging, photo));
    await run.finish(false);
    await run.close();
    expect((await mine.list()).map(({ record }) => record.seq)).toEqual([2, 4]);
    expect(mine.sourcePath(await mine.photo(4))?.toString()).toBe(join(folder, 'in', 'c'));
    await mine.decide(await mine.photo(4), { outcome: 'refused', reviewer: 'AB' });
    expect(await problems()).toEqual([]);

    const ledger = join(out, 'ledger.jsonl');
    const lines = readFileSync(ledger, 'utf8').split('\n');
    writeFileSync(ledger, `${lines.slice(0, 2).join('\n')}\n`);
    expect((await mine.list()).map(({ record, decision }) => [record.seq, decision])).toEqual([
      [2, undefined],
    ]);
    writeFileSync(ledger, lines.join('\n').replace('"refused"', '"cleared"'));
    await expect(mine.list()).rejects.toMatchObject({ code: 'ledger-broken' });
  });
});
