import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draftOf, greyPng, stagePng } from '../../tests/support/staged-photo.js';
import { HIDDEN_PAYLOADS } from '../../tests/support/hidden-payloads.js';
import { entryIn } from '../../tests/support/source-entry.js';
import { encoderVersions } from '../formats/index.js';
import { cleanOutput, Output, ReviewedOutput, verifyOutput } from './index.js';
import { lineHash } from './ledger-chain.js';

let folder: string;
let out: string;
const entry = (name: string) => entryIn(join(folder, 'in'), name);

async function run(photos: readonly (readonly [bytes: Uint8Array, outcome: 'cleared' | 'review'])[]) {
  const output = await Output.open(out, [entry('a')], 'settings');
  for (const [i, [bytes, outcome]] of photos.entries()) {
    await output.publish(entry(`${i}`), `${i}`, draftOf(outcome), await stagePng(output.staging, bytes));
  }
  await output.publish(entry('r'), 'r', draftOf('refused'));
  await output.finish(false);
  await output.close();
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'image-deid-verify-'));
  mkdirSync(join(folder, 'in'));
  out = join(folder, 'out');
  await run([
    [await greyPng(120), 'cleared'],
    [await greyPng(130), 'review'],
  ]);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const at = (...path: readonly string[]) => join(out, ...path);
const photoIn = (name: 'cleared' | 'review') => readdirSync(at(name)).find((file) => file.endsWith('.png'))!;
const pictureIn = () => readdirSync(at('report-pictures'))[0]!;
const neutral = (file: string) => file.replace(/[0-9a-f]{16,}/, 'NAME');
const problems = async (options = {}) =>
  (await verifyOutput(out, options)).problems.map(({ file }) => neutral(file));
const PRIVATE = ['.state', 'review/report.html'];

/** Everything in the folder, with its content; every new holder increases the number of the last one. */
const everything = (below = folder) =>
  readdirSync(below, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.endsWith('fence'))
    .sort()
    .map((name) => [
      name,
      lstatSync(join(below, name)).isFile() ? readFileSync(join(below, name), 'hex') : '',
    ]);

describe('verifyOutput', () => {
  it('names what is private in a finished run, and nothing once that is gone', async () => {
    expect(await verifyOutput(out)).toMatchObject({ problems: [], inReview: 1, privateParts: PRIVATE });
    for (const file of PRIVATE) rmSync(at(file), { recursive: true });
    expect(await verifyOutput(out)).toMatchObject({ problems: [], told: [], privateParts: [] });
  });

  it('names a report that was edited', async () => {
    appendFileSync(at('report.html'), '<!-- Martha -->');
    // Nothing vouches for its pictures any more.
    expect(await problems()).toEqual(['report.html', 'report-pictures']);
  });

  it.each([
    ['a file beside the ledger', (path: () => string) => writeFileSync(path(), 'Martha'), 'names.csv'],
    ['a file among the photos', (path: () => string) => writeFileSync(path(), 'Martha'), 'cleared/names.csv'],
    ['a folder', (path: () => string) => mkdirSync(path()), 'originals'],
    ['a folder among the photos', (path: () => string) => mkdirSync(path()), 'cleared/originals'],
    ['a link', (path: () => string) => symlinkSync('/', path()), 'review/root'],
    [
      'a large file under a name of the system',
      (path: () => string) => writeFileSync(path(), Buffer.alloc(2 ** 20 + 1)),
      '.DS_Store',
    ],
    ['a folder under a name of the system', (path: () => string) => mkdirSync(path()), 'cleared/Thumbs.db'],
  ] as const)('names %s', async (_what, plant, name) => {
    plant(() => at(name));
    expect((await verifyOutput(out)).problems).toEqual([
      expect.objectContaining({ file: name, cure: 'remove' }),
    ]);
  });

  it('tells the system’s own files apart, and does not fail because of them', async () => {
    const names = ['.DS_Store', 'cleared/Thumbs.db', 'review/desktop.ini'];
    for (const name of names) writeFileSync(at(name), 'x');
    const { problems: found, told } = await verifyOutput(out);
    expect(found).toEqual([]);
    expect(told.map(({ file }) => file).sort()).toEqual([...names].sort());
  });

  it('names a photo that is a link, even to the very photo', async () => {
    const name = photoIn('cleared');
    renameSync(at('cleared', name), join(folder, 'photo.png'));
    symlinkSync(join(folder, 'photo.png'), at('cleared', name));
    const [found, ...more] = (await verifyOutput(out)).problems;
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      file: `cleared/${name}`,
      problem: { id: 'verify/not-a-file', values: { kind: 'link' } },
    });
  });

  it.each(['cleared/PHOTO', 'summary.json', 'summary.json.sig', 'report.html', 'ledger.jsonl'])(
    'does not wait at a pipe where %s should be',
    async (file) => {
      const path = at(file.replace('PHOTO', photoIn('cleared')));
      rmSync(path, { force: true });
      execFileSync('mkfifo', [path]);
      expect(await problems()).toContain(neutral(file.replace('PHOTO', photoIn('cleared'))));
    },
  );

  it('names a table and a picture that were changed, and tells when pictures are not there', async () => {
    const picture = `report-pictures/${pictureIn()}`;
    for (const file of ['summary.csv', picture]) appendFileSync(at(file), 'Martha');
    expect((await verifyOutput(out)).problems).toEqual(
      [picture, 'summary.csv'].map((file) => ({ file, problem: { id: 'verify/other-report', values: {} } })),
    );
    for (const file of ['summary.csv', 'report-pictures']) rmSync(at(file), { recursive: true });
    expect(await verifyOutput(out)).toMatchObject({
      problems: [],
      told: ['report-pictures', 'summary.csv'].map((file) => ({ file, problem: { id: 'verify/no-report' } })),
    });
  });

  it('knows no picture but those of the report', async () => {
    writeFileSync(at('report-pictures/face.jpg'), 'x');
    mkdirSync(at('report-pictures/more'));
    expect(await problems()).toEqual(['report-pictures/face.jpg', 'report-pictures/more']);
  });

  it('names attributes of files and folders that tell who somebody is', async () => {
    for (const file of [`cleared/${photoIn('cleared')}`, 'report.html', 'review']) {
      execFileSync('setfattr', ['-n', 'user.patient', '-v', 'Martha', at(file)]);
    }
    const { problems: found, knowsAttributes } = await verifyOutput(out);
    expect(knowsAttributes).toBe(true);
    expect(found.map(({ file, cure }) => [neutral(file), cure]).sort()).toEqual([
      ['cleared/NAME.png', 'write-anew'],
      ['report.html', 'write-anew'],
      ['review', undefined],
    ]);
    expect(found[0]?.problem).toEqual({ id: 'verify/attributes', values: { names: ['user.patient'] } });
  });

  it.each([
    ['counts', (text: string) => text.replace('"cleared": 1', '"cleared": 5')],
    ['errors', (text: string) => text.replace('"errors": {}', '"errors": {\n    "Martha": 1\n  }')],
    ['a field of its own', (text: string) => text.replace('{', '{\n  "patient": "Martha",')],
    ['a name for the tool', (text: string) => text.replace(/"tool": "[^"]*"/, '"tool": "image-deid Martha"')],
    ['space', (text: string) => `${text} `],
    ['a field twice', (text: string) => text.replace('"cleared": 1', '"cleared": 9,\n  "cleared": 1')],
  ])('names an unsigned summary that was edited: %s', async (_what, edit) => {
    const text = readFileSync(at('summary.json'), 'utf8');
    const edited = edit(text);
    expect(edited).not.toBe(text);
    writeFileSync(at('summary.json'), edited);
    expect(await problems()).toContain('summary.json');
  });

  it('answers for a broken chain, and does not throw', async () => {
    writeFileSync(
      at('ledger.jsonl'),
      readFileSync(at('ledger.jsonl'), 'utf8').replace('"style":"blur"', '"style":"solid"'),
    );
    const found = await verifyOutput(out);
    expect(found.problems[0]).toMatchObject({ file: 'ledger.jsonl' });
    expect(found.problems[0]?.problem).toEqual({ id: 'verify/chain-broken', values: { line: 2 } });
  });

  it('passes a copy without review/, and names a photo that is missing from it alone', async () => {
    rmSync(at('review'), { recursive: true });
    expect(await verifyOutput(out)).toMatchObject({ problems: [], told: [{ file: 'review' }] });
    mkdirSync(at('review'));
    rmSync(at('cleared', photoIn('cleared')));
    expect(await problems()).toEqual(['cleared/NAME.png']);
  });

  it('shows an earlier state by the number of its records', async () => {
    expect(await problems({ expectRecords: 3 })).toEqual([]);
    expect(await problems({ expectRecords: 4 })).toEqual(['ledger.jsonl']);
  });

  it('counts how often the summary was written', async () => {
    expect((await verifyOutput(out)).run).toBe(1);
    const output = await Output.open(out, [entry('a')], 'settings');
    await output.finish(false);
    await output.close();
    expect((await verifyOutput(out)).run).toBe(2);
  });

  it('passes the summary of an earlier version, and tells that it does not vouch for the report', async () => {
    const {
      run: _run,
      files: _files,
      ...before
    } = JSON.parse(readFileSync(at('summary.json'), 'utf8')) as Record<string, unknown>;
    writeFileSync(at('summary.json'), `${JSON.stringify(before, null, 2)}\n`);
    for (const later of ['summary.csv', 'report-pictures']) rmSync(at(later), { recursive: true });
    expect(await verifyOutput(out)).toMatchObject({
      problems: [],
      run: undefined,
      told: [{ file: 'report.html' }],
    });
  });
});

describe('a photo whose encoding hides something, with the right hash in the ledger', () => {
  const hidden = HIDDEN_PAYLOADS.filter(({ format }) => format === 'png');

  /** Puts the payload into the photo and makes the whole folder say that it belongs there. */
  async function forge(
    encoder: Readonly<Record<string, string>> | undefined,
    outcome: 'cleared' | 'review' = 'cleared',
  ) {
    rmSync(out, { recursive: true });
    const photo = hidden[0]!.plant(Buffer.from(await greyPng(120)));
    const output = await Output.open(out, [entry('a')], 'settings');
    const staged = await stagePng(output.staging, photo);
    const facts = { ...staged.facts, ...(encoder && { encoder }) };
    await output.publish(entry('a'), 'a', draftOf(outcome), { ...staged, facts });
    await output.finish(false);
    await output.close();
    return (await verifyOutput(out)).problems;
  }

  it('is named when the versions are those that wrote it', async () => {
    const [found, ...more] = await forge(encoderVersions('png'));
    expect(more).toEqual([]);
    expect(neutral(found?.file ?? '')).toBe('cleared/NAME.png');
    expect(found?.isUnproven).toBeUndefined();
  });

  it('is not let out by a person either while it waits for review', async () => {
    await forge(encoderVersions('png'), 'review');
    const output = await ReviewedOutput.open(out);
    const [waiting] = await output.list();
    const letting = output.decide(waiting!, { outcome: 'cleared', reviewer: 'AB' });
    await expect(letting).rejects.toMatchObject({ code: 'unclean-output' });
    expect(readdirSync(at('cleared'))).toEqual([]);
  });

  it('is unproven with other versions or none: never a pass', async () => {
    const [other] = await forge({ ...encoderVersions('png'), vips: '0.0.1' });
    expect(other).toMatchObject({ isUnproven: true });
    expect(JSON.stringify(other?.problem)).toContain('vips 0.0.1, here');
    expect((await forge(undefined))[0]).toMatchObject({ isUnproven: true });
  });
});

describe('cleanOutput', () => {
  it('removes what may not be shared, and exactly that', async () => {
    const kept = [
      'ledger.jsonl',
      'summary.json',
      'summary.csv',
      'report.html',
      `report-pictures/${pictureIn()}`,
      `cleared/${photoIn('cleared')}`,
      `review/${photoIn('review')}`,
    ];
    const before = kept.map((file) => readFileSync(at(file), 'hex'));
    writeFileSync(join(folder, 'victim.txt'), 'mine');
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(folder, 'elsewhere/victim.txt'), 'mine');
    writeFileSync(at('cleared/names.csv'), 'Martha');
    writeFileSync(at('.DS_Store'), 'x');
    mkdirSync(at('originals'));
    writeFileSync(at('originals/Martha.jpg'), 'x');
    // Names that are no UTF-8, a folder and a file in it.
    const strange = Buffer.concat([Buffer.from(at('cleared/')), Buffer.from([0xff, 0x41])]);
    mkdirSync(strange);
    writeFileSync(Buffer.concat([strange, Buffer.from([0x2f, 0xfe])]), 'x');
    // And one with attributes.
    writeFileSync(at('cleared/Mäïs.csv'), 'x');
    execFileSync('setfattr', ['-n', 'user.patient', '-v', 'Martha', at('cleared/Mäïs.csv')]);
    symlinkSync(join(folder, 'elsewhere'), at('review/elsewhere'));
    symlinkSync(join(folder, 'victim.txt'), at('cleared/victim.txt'));
    const { removed, writtenAnew, verdict, isTrusted } = await cleanOutput(out, {});
    expect(isTrusted).toBe(true);
    expect([...removed].sort()).toEqual(
      [
        ...PRIVATE,
        '.DS_Store',
        'cleared/names.csv',
        'cleared/victim.txt',
        'cleared/\ufffdA',
        'cleared/Mäïs.csv',
        'originals',
        'review/elsewhere',
      ].sort(),
    );
    expect(writtenAnew).toEqual([]);
    expect(verdict).toMatchObject({ problems: [], told: [], privateParts: [] });
    expect(readdirSync(out, { recursive: true }).sort()).toEqual(
      [...kept, 'cleared', 'report-pictures', 'review'].sort(),
    );
    expect(kept.map((file) => readFileSync(at(file), 'hex'))).toEqual(before);
    expect(readFileSync(join(folder, 'victim.txt'), 'utf8')).toBe('mine');
    expect(readFileSync(join(folder, 'elsewhere/victim.txt'), 'utf8')).toBe('mine');
    expect(await verifyOutput(out)).toMatchObject({ problems: [], told: [], privateParts: [] });
  });

  it('leaves no attribute, and the content and the fixed time as they were', async () => {
    const name = photoIn('cleared');
    const before = readFileSync(at('cleared', name));
    execFileSync('setfattr', ['-n', 'user.patient', '-v', 'Martha', at('cleared', name)]);
    expect((await cleanOutput(out, {})).writtenAnew).toEqual([`cleared/${name}`]);
    expect(execFileSync('getfattr', ['-R', out], { encoding: 'utf8' })).toBe('');
    expect(readFileSync(at('cleared', name)).equals(before)).toBe(true);
    expect(statSync(at('cleared', name)).mtime.toISOString()).toBe('2000-01-01T00:00:00.000Z');
  });

  it('writes every file anew where attributes cannot be read', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      expect((await verifyOutput(out)).knowsAttributes).toBe(false);
      const { writtenAnew } = await cleanOutput(out, {});
      expect([...writtenAnew].map(neutral).sort()).toEqual(
        [
          'cleared/NAME.png',
          'ledger.jsonl',
          'report.html',
          'report-pictures/NAME.jpg',
          'review/NAME.png',
          'summary.csv',
          'summary.json',
        ].sort(),
      );
    } finally {
      process.env['PATH'] = path;
    }
    expect(await verifyOutput(out)).toMatchObject({ problems: [], privateParts: [] });
  });

  it('does nothing while a run works in the folder', async () => {
    const output = await Output.open(out, [entry('a')], 'settings');
    // The lock of another process that is running.
    const lock = at('.state/lock');
    const holder = JSON.parse(readFileSync(lock, 'utf8')) as Record<string, unknown>;
    writeFileSync(lock, JSON.stringify({ ...holder, pid: process.ppid, token: 'another' }));
    writeFileSync(at('cleared/names.csv'), 'Martha');
    await expect(cleanOutput(out, {})).rejects.toMatchObject({ code: 'output-locked' });
    expect(existsSync(at('cleared/names.csv'))).toBe(true);
    await output.close();
  });

  it.each([
    [
      'the chain is broken',
      (text: string) => text.replace('"style":"blur"', '"style":"solid"'),
      'ledger.jsonl',
    ],
    [
      'the summary is of another ledger',
      (text: string) => text.replace('"records": 3', '"records": 2'),
      'summary.json',
    ],
    ['a record is none', forgedRecord, 'ledger.jsonl'],
  ])('does nothing when %s: nobody knows then what belongs there', async (_what, edit, file) => {
    writeFileSync(at(file), edit(readFileSync(at(file), 'utf8')));
    const before = everything();
    const { isTrusted, removed, writtenAnew } = await cleanOutput(out, {});
    expect({ isTrusted, removed, writtenAnew }).toEqual({ isTrusted: false, removed: [], writtenAnew: [] });
    expect(everything()).toEqual(before);
  });

  it('leaves alone photos that do not hold, and says so', async () => {
    const name = photoIn('cleared');
    writeFileSync(
      at('cleared', name),
      await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } })
        .png()
        .toBuffer(),
    );
    const { verdict } = await cleanOutput(out, {});
    expect(verdict.problems.map(({ file }) => file)).toEqual([`cleared/${name}`]);
    expect(existsSync(at('cleared', name))).toBe(true);
  });
});

/** A name that leads out of the folder, in an intact chain. */
function forgedRecord(text: string): string {
  const [first = '', ...rest] = text.trim().split('\n');
  const lines = [first.replace(/"name":"[^"]*"/, '"name":"../../victim.txt"')];
  for (const line of rest)
    lines.push(line.replace(/"prev":"[^"]*"/, `"prev":"${lineHash(lines.at(-1) ?? '')}"`));
  return `${lines.join('\n')}\n`;
}
