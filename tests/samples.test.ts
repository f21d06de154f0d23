import { readdirSync, readFileSync } from 'node:fs';
import { appendFile, cp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatById } from '../src/formats/index.js';
import type { LedgerRecord } from '../src/publish/contract.js';
import {
  cli,
  readLedger,
  readSources,
  ROOT,
  runNode,
  sha256,
  sharedFiles,
  temporaryFolder,
  type Finished,
} from './support/cli.js';

interface Plants {
  readonly everywhere: Readonly<Record<string, string>>;
  readonly files: Readonly<
    Record<
      string,
      {
        readonly strings: readonly string[];
        readonly fields: readonly string[];
        readonly regions: readonly { frame: number; kind: string; box: [number, number, number, number] }[];
        readonly refused?: string;
      }
    >
  >;
}

const plants = JSON.parse(readFileSync(join(ROOT, 'samples/plants.json'), 'utf8')) as Plants;
const treated = Object.entries(plants.files).filter(([, planted]) => planted.refused === undefined);
const secrets = [
  ...Object.values(plants.everywhere),
  ...Object.values(plants.files).flatMap(({ strings }) => strings),
];
/** Mean change of 8-bit channels under a covered region; re-encoding alone changes them by less than 2. */
const COVERED = 8;
const UNTOUCHED = 3;

let folder: string;
let out: string;
let key: string;
let finished: Finished;
let ledger: LedgerRecord[];
let sources: Map<number, string>;

beforeAll(async () => {
  folder = await temporaryFolder();
  out = join(folder, 'out');
  await runNode(join(ROOT, 'samples/make-samples.mjs'), [join(folder, 'photos')]);
  key = join(folder, 'clinic.key');
  await cli(['keygen', key]);
  // Of the destinations the one that leaves a photo's geometry as it is, so that pixels can be compared.
  finished = await cli([
    'run',
    join(folder, 'photos'),
    '--out',
    out,
    '--sign',
    key,
    '--destination',
    'clinical',
  ]);
  ledger = await readLedger(out);
  sources = await readSources(out);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sourceOf = (name: string) => readFileSync(join(folder, 'photos', name));

function recordOf(name: string): LedgerRecord {
  const hash = sha256(sourceOf(name));
  const records = ledger.filter(({ seq }) => sources.get(seq) === hash);
  expect(records).toHaveLength(1);
  return records[0]!;
}

function outputOf(name: string): { path: string; bytes: Buffer; record: LedgerRecord } {
  const record = recordOf(name);
  const path = join(out, record.outcome, record.output!.name);
  return { path, bytes: readFileSync(path), record };
}

/** Raw upright RGB of one frame. */
async function frame(bytes: Buffer, page: number) {
  const picture = sharp(bytes, { page }).autoOrient().toColourspace('srgb').removeAlpha();
  return picture.raw().toBuffer({ resolveWithObject: true });
}

async function meanChange(
  name: string,
  page: number,
  [x, y, width, height]: readonly number[],
): Promise<number> {
  const [before, after] = [await frame(sourceOf(name), page), await frame(outputOf(name).bytes, page)];
  expect([after.info.width, after.info.height]).toEqual([before.info.width, before.info.height]);
  let sum = 0;
  for (let row = y!; row < y! + height!; row++) {
    for (let i = (row * before.info.width + x!) * 3, end = i + width! * 3; i < end; i++) {
      sum += Math.abs(before.data[i]! - after.data[i]!);
    }
  }
  return sum / (width! * height! * 3);
}

describe('a run over the samples', () => {
  it('ends with 3, because one photo is refused', () => {
    expect(finished.code, finished.stderr).toBe(3);
  });

  it('writes one ledger record per sample and counts them in the summary', async () => {
    const names = Object.keys(plants.files);
    expect(ledger.map(({ seq }) => seq)).toEqual(names.map((_, i) => i + 1));
    const hashes = (records: readonly (string | null)[]) => [...records].sort();
    expect(hashes(ledger.map(({ seq }) => sources.get(seq) ?? null))).toEqual(
      hashes(names.map((name) => sha256(sourceOf(name)))),
    );
    const summary = JSON.parse(await readFile(join(out, 'summary.json'), 'utf8')) as Record<string, unknown>;
    const count = (outcome: string) => ledger.filter((record) => record.outcome === outcome).length;
    expect(summary).toMatchObject({
      schema: 'image-deid/summary@1',
      photos: names.length,
      cleared: count('cleared'),
      review: count('review'),
      refused: 1,
      errors: { truncated: 1 },
    });
  });

  it('refuses the damaged photo and publishes nothing of it', () => {
    const { outcome, error, output } = recordOf('damaged.jpg');
    expect({ outcome, code: error?.code, output }).toEqual({
      outcome: 'refused',
      code: 'truncated',
      output: undefined,
    });
  });

  it('writes only what is documented', async () => {
    const published = ledger.flatMap(({ outcome, output }) => (output ? [`${outcome}/${output.name}`] : []));
    const paths = (await sharedFiles(out))
      .map((path) => path.slice(out.length + 1))
      .filter((path) => !/^report-pictures\/[0-9a-f]{64}\.jpg$/.test(path));
    expect(paths).toEqual(
      [
        ...published,
        'ledger.jsonl',
        'report.html',
        'review/report.html',
        'summary.csv',
        'summary.json',
        'summary.json.sig',
      ].sort(),
    );
  });

  it('keeps every secret and every source name out of all files that may be shared', async () => {
    const names = Object.keys(plants.files).map((name) => name.replace(/\.[a-z]+$/, ''));
    for (const path of await sharedFiles(out)) {
      const bytes = await readFile(path);
      for (const secret of [...secrets, ...names]) {
        for (const encoding of ['utf8', 'utf16le'] as const) {
          expect(bytes.includes(Buffer.from(secret, encoding)), `${secret} in ${basename(path)}`).toBe(false);
        }
      }
    }
  });

  it('keeps the private part private', async () => {
    expect((await stat(join(out, '.state'))).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(join(out, '.state'))) {
      const { mode } = await stat(join(out, '.state', name));
      expect(mode & 0o077, name).toBe(0);
    }
  });

  it('says nothing secret on the terminal', () => {
    for (const secret of secrets.filter((text) => text.startsWith('PLANTED'))) {
      expect(finished.stdout + finished.stderr).not.toContain(secret);
    }
  });
});

describe.each(treated)('%s', (name, planted) => {
  it('is written under a neutral name with a neutral time, as the ledger says', async () => {
    const { path, bytes, record } = outputOf(name);
    expect(record.output).toMatchObject({ sha256: sha256(bytes), bytes: bytes.length });
    expect(basename(path)).toMatch(/^[a-z0-9-]{8,}\.(jpg|png|webp|tiff?|avif|gif)$/);
    expect((await stat(path)).mtime.toISOString()).toBe('2000-01-01T00:00:00.000Z');
  });

  it('holds only allowed container parts', () => {
    const { bytes, record } = outputOf(name);
    const parts = formatById(record.output!.format).walk(bytes);
    expect(parts.filter(({ allowed }) => !allowed)).toEqual([]);
    expect(parts.reduce((sum, { length }) => sum + length, 0)).toBe(bytes.length);
  });

  it.each(planted.regions)('covers the $kind at $box in frame $frame', async ({ frame: page, box }) => {
    expect(await meanChange(name, page, box)).toBeGreaterThan(COVERED);
  });
});

describe('what must stay', () => {
  it.each([
    ['name-label.jpg', [520, 380, 80, 80]],
    ['specimen-code.png', [210, 340, 80, 80]],
    ['Martha_Beispiel_1961-02-03.jpg', [350, 270, 80, 80]],
    ['inked-forearm.jpg', [530, 390, 80, 80]],
  ])('the lesion in %s', async (name, box) => {
    expect(await meanChange(name, 0, box)).toBeLessThan(UNTOUCHED);
  });

  it('sends a photo to review when text stays in a kept region', async () => {
    const target = join(folder, 'kept');
    const photo = join(folder, 'photos', 'name-label.jpg');
    const { code } = await cli(['run', photo, '--out', target, '--keep', '60,50,490,180']);
    const [record] = await readLedger(target);
    expect([code, record!.outcome]).toEqual([3, 'review']);
    expect(record!.keptBack).toContainEqual(expect.objectContaining({ kind: 'text', shown: true }));
  });

  it('every frame and page', async () => {
    const pages = async (name: string) => (await sharp(outputOf(name).bytes).metadata()).pages;
    expect(await pages('face-in-one-frame.gif')).toBe(3);
    expect(await pages('two-pages.tiff')).toBe(2);
  });
});

describe('a run for the public', () => {
  it('gives the same photo in another geometry, the same every time, and sends a tattoo to a person', async () => {
    const photo = join(folder, 'photos', 'inked-forearm.jpg');
    const records = [];
    for (const name of ['public-1', 'public-2']) {
      await cli(['run', photo, '--out', join(folder, name)]);
      records.push(...(await readLedger(join(folder, name))));
    }
    const [first, second] = records;
    expect(first!.outcome).toBe('review');
    expect(first!.reasons).toContainEqual({ id: 'gate/look-after', values: { kind: 'tattoo' } });
    expect(first!.output!.width).toBeLessThan(800);
    expect(first!.utility!.resolutionLeft).toBeLessThan(1);
    expect(second!.output!.sha256).toBe(first!.output!.sha256);
    expect(second!.risk).toEqual(first!.risk);
  });

  it('counts what the caption tells', async () => {
    const target = join(folder, 'captioned');
    const caption = join(folder, 'caption.txt');
    await writeFile(caption, 'Mrs Planted has had this for 3 weeks.');
    const photo = join(folder, 'photos', 'wide-gamut.jpg');
    const { code } = await cli(['run', photo, '--out', target, '--caption', caption]);
    const [record] = await readLedger(target);
    expect([code, record!.outcome]).toEqual([3, 'review']);
    expect(record!.caption).toEqual([{ class: 'name', line: 1 }]);
    expect(await readFile(join(target, 'ledger.jsonl'), 'utf8')).not.toContain('Planted');
  });

  it('crops to what is kept, and says beforehand what that would leave out', async () => {
    const photo = join(folder, 'photos', 'name-label.jpg');
    const keep = ['--keep', '500,360,120,120'];
    await cli(['run', photo, '--out', join(folder, 'whole'), ...keep]);
    const [whole] = await readLedger(join(folder, 'whole'));
    expect(whole!.goneWithACrop!.text).toBeGreaterThan(0);
    await cli([
      'run',
      photo,
      '--out',
      join(folder, 'cropped'),
      ...keep,
      '--crop-to-keep',
      '--destination',
      'clinical',
    ]);
    const [cropped] = await readLedger(join(folder, 'cropped'));
    expect([cropped!.output!.width, cropped!.output!.height]).toEqual([156, 156]);
    expect(cropped!.goneWithACrop).toBeUndefined();
    expect(cropped!.utility).toMatchObject({ keepUntouched: 1, resolutionLeft: 1 });
  });
});

describe('inspect', () => {
  it('names what is planted in the metadata, and prints none of its content', async () => {
    const { code, stdout } = await cli(['inspect', '--json', join(folder, 'photos')]);
    expect(code).toBe(3);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { file: string; metadata?: { findings: { field?: string }[] } });
    for (const [name, { fields }] of treated) {
      const line = lines.find(({ file }) => basename(file) === name);
      const found = line?.metadata?.findings.map(({ field }) => field);
      expect(found, name).toEqual(expect.arrayContaining([...fields]));
    }
    for (const secret of secrets.filter((text) => text.startsWith('PLANTED'))) {
      expect(stdout).not.toContain(secret);
    }
  });
});

describe('verify', () => {
  it('passes the run as it is, and makes a copy of it fit to be shared', async () => {
    const { code, stdout } = await cli(['verify', out, '--private']);
    expect(code).toBe(0);
    expect(stdout).toContain('Signed; --public-key');
    const copy = join(folder, 'to-share');
    await cp(out, copy, { recursive: true, preserveTimestamps: true });
    expect((await cli(['verify', copy])).code).toBe(3);
    expect((await cli(['verify', copy, '--clean'])).code).toBe(0);
    const shared = await cli(['verify', copy]);
    expect(shared.code).toBe(0);
    expect(shared.stdout).toContain('It may be shared as it is.');
  });

  it('tells who signed the run', async () => {
    const { code, stdout } = await cli(['verify', out, '--private', '--public-key', `${key}.pub`]);
    expect(code).toBe(0);
    expect(stdout).toContain('Signed with this key.');
    const other = join(folder, 'other.key');
    await cli(['keygen', other]);
    expect((await cli(['verify', out, '--public-key', `${other}.pub`])).code).toBe(3);
  });

  it('notices a byte after the end of a photo', async () => {
    const copy = join(folder, 'touched');
    await cp(out, copy, { recursive: true, preserveTimestamps: true });
    const { outcome, output } = recordOf('name-label.jpg');
    await appendFile(join(copy, outcome, output!.name), 'x');
    expect((await cli(['verify', copy, '--private'])).code).toBe(3);
  });

  it('notices a changed ledger', async () => {
    const copy = join(folder, 'rewritten');
    await cp(out, copy, { recursive: true, preserveTimestamps: true });
    await appendFile(join(copy, 'ledger.jsonl'), '{"seq":99}\n');
    expect((await cli(['verify', copy, '--private'])).code).toBe(3);
  });
});

describe('exit codes of a run', () => {
  const one = () => join(folder, 'photos', 'name-label.jpg');

  it('is 0 when everything is cleared', async () => {
    const target = join(folder, 'cleared');
    const { code, stderr } = await cli(['run', one(), '--out', target]);
    expect((await readLedger(target)).map(({ outcome }) => outcome)).toEqual(['cleared']);
    expect(code, stderr).toBe(0);
  });

  it('is 3 when a photo has to be looked at', async () => {
    const target = join(folder, 'review');
    const strip = join(folder, 'strip.png');
    await sharp({ create: { width: 900, height: 40, channels: 3, background: '#d8a58e' } }).toFile(strip);
    const { code } = await cli(['run', strip, '--out', target]);
    expect((await readLedger(target)).map(({ outcome }) => outcome)).toEqual(['review']);
    expect(code).toBe(3);
  });
});
