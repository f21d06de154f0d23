import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cli, ROOT, temporaryFolder } from './support/cli.js';

let folder: string;
let photo: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  photo = join(folder, 'photo.jpg');
  const blank = { create: { width: 120, height: 90, channels: 3, background: '#d8a58e' } } as const;
  await writeFile(
    photo,
    await sharp(blank)
      .withExif({ IFD0: { Artist: 'SOMEBODY' } })
      .jpeg()
      .toBuffer(),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('help', () => {
  it('lists the commands and the exit codes', async () => {
    const { code, stdout } = await cli(['--help']);
    expect(code).toBe(0);
    for (const word of [
      'run',
      'watch',
      'inspect',
      'verify',
      'keygen',
      'doctor',
      'Exit codes: 0 all cleared',
    ]) {
      expect(stdout).toContain(word);
    }
  });

  const settings = [
    'destination',
    'max-risk',
    'style',
    'extent',
    'faces',
    'keep',
    'crop-to-keep',
    'allow-face-in-keep',
    'attest',
    'format',
    'config',
  ];
  it.each([
    ['run', [...settings, 'out', 'sign', 'dry-run']],
    ['inspect', [...settings, 'json']],
  ])('of %s describes each option', async (command, options) => {
    const { code, stdout } = await cli([command, '--help']);
    expect(code).toBe(0);
    for (const option of options) expect(stdout).toMatch(new RegExp(`--${option} +\\S`));
  });
});

describe('wrong usage ends with 2, says why, and writes nothing', () => {
  it.each([
    ['no command', []],
    ['an unknown command', ['blur-it']],
    ['an unknown option', ['run', 'PHOTO', '--out', 'OUT', '--fast']],
    ['no output folder', ['run', 'PHOTO']],
    ['no input', ['run', '--out', 'OUT']],
    ['an input that does not exist', ['run', 'NOWHERE', '--out', 'OUT']],
    ['an unknown destination', ['run', 'PHOTO', '--out', 'OUT', '--destination', 'moon']],
    ['an unknown attestation', ['run', 'PHOTO', '--out', 'OUT', '--attest', 'no-dragon']],
    ['a keep region without a size', ['run', 'PHOTO', '--out', 'OUT', '--keep', '1,2,3']],
    ['a format that cannot be written', ['run', 'PHOTO', '--out', 'OUT', '--format', 'heic']],
    ['a config file that does not exist', ['run', 'PHOTO', '--out', 'OUT', '--config', 'NOWHERE']],
    ['an option without its value', ['run', 'PHOTO', '--out']],
    ['an option that another one follows', ['run', 'PHOTO', '--out', 'OUT', '--jobs', '--repair']],
    ['a repeated option without a value', ['run', 'PHOTO', '--out', 'OUT', '--keep']],
    ['an output folder without a name', ['run', 'PHOTO', '--out', '']],
    ['two output folders', ['run', 'PHOTO', '--out', 'OUT', '--out', 'OUT']],
    ['an input without a name', ['run', '', '--out', 'OUT']],
    ['a number that is none', ['run', 'PHOTO', '--out', 'OUT', '--jobs', 'two']],
    ['half a process', ['run', 'PHOTO', '--out', 'OUT', '--jobs', '1.5']],
    ['a time that no timer waits', ['run', 'PHOTO', '--out', 'OUT', '--photo-seconds', '9999999']],
    ['a risk that is none', ['run', 'PHOTO', '--out', 'OUT', '--max-risk', 'abc']],
    [
      'a risk that is none, twice',
      ['run', 'PHOTO', '--out', 'OUT', '--max-risk', '0.01', '--max-risk', '0.02'],
    ],
    ['a switch with a word', ['run', 'PHOTO', '--out', 'OUT', '--crop-to-keep=yes']],
    ['a log that is none', ['run', 'PHOTO', '--out', 'OUT', '--log', 'xml']],
    ['a signature without a key', ['run', 'PHOTO', '--out', 'OUT', '--adopt-unsigned']],
    ['a port that is none', ['review', '--no-open', '--port', '99999']],
    ['a port that is a word', ['review', '--no-open', '--port', 'two']],
    ['a number of records that is none', ['verify', 'OUT', '--expect-records', '-1']],
    ['a lease that is none', ['worker', '--lease', '0']],
    ['two queues', ['status', '--redis', 'redis://a', '--redis', 'redis://b']],
    ['a key that does not exist', ['run', 'PHOTO', '--out', 'OUT', '--sign', 'NOWHERE']],
    ['a file that is no key', ['run', 'PHOTO', '--out', 'OUT', '--sign', 'PHOTO']],
    ['a key that would be written over', ['keygen', 'PHOTO']],
    ['an inspection of nothing', ['inspect']],
  ])('%s', async (_why, words) => {
    const paths: Record<string, string> = {
      PHOTO: photo,
      OUT: join(folder, 'out'),
      NOWHERE: join(folder, 'nowhere'),
    };
    const { code, stdout, stderr } = await cli(words.map((word) => paths[word] ?? word));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^image-deid: \S.*\n(Try: image-deid --help\n)?$/);
    expect(stdout).toBe('');
    expect(readdirSync(folder)).toEqual(['photo.jpg']);
  });
});

describe('a word that is nearly right', () => {
  const OUT = ['--out', 'OUT'];
  it.each([
    [['rnu', 'PHOTO', ...OUT], 'Did you mean run instead of rnu?'],
    [['verfy', 'OUT'], 'Did you mean verify instead of verfy?'],
    [
      ['run', 'PHOTO', '--otu', 'OUT'],
      'Missing required argument: out. Did you mean --out instead of --otu?',
    ],
    [
      ['run', 'PHOTO', ...OUT, '--max-rsk=0.05'],
      'Unknown argument: max-rsk. Did you mean --max-risk instead of --max-rsk?',
    ],
    [['run', 'PHOTO', ...OUT, '--dest', 'public'], 'Did you mean --destination instead of --dest?'],
    [['review', '--no-opne'], 'Did you mean --no-open instead of --no-opne?'],
    [['run', 'PHOTO', ...OUT, '--style', 'blru'], 'but received "blru"; did you mean "blur"?'],
    [
      ['run', 'PHOTO', ...OUT, '--destination', 'clincal'],
      'but received "clincal"; did you mean "clinical"?',
    ],
    [['run', 'PHOTO', ...OUT, '--attest', 'no-tatoo'], 'but received "no-tatoo"; did you mean "no-tattoo"?'],
  ])('%j: %s', async (words, sentence) => {
    const paths: Record<string, string> = { PHOTO: photo, OUT: join(folder, 'out') };
    const { code, stdout, stderr } = await cli(words.map((word) => paths[word] ?? word));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.split('\n')[0]).toMatch(/^image-deid: /);
    expect(stderr.split('\n')[0]!.endsWith(sentence)).toBe(true);
    expect(readdirSync(folder)).toEqual(['photo.jpg']);
  });
});

describe('an error that nobody expected', () => {
  const preload = (code: string) => ({
    env: { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` },
  });

  it('prints a sentence with its kind and place, but no stack, no path, and nothing of its message', async () => {
    const broken = preload('process.stdout.write = () => { throw new TypeError("/in/Martha.jpg") }');
    const key = join(folder, 'unexpected.key');
    const { code, stderr } = await cli(['keygen', key], broken);
    for (const path of [key, `${key}.pub`]) rmSync(path);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^image-deid: An unexpected error arose in the stage "usage" \(TypeError, cli\/commands\/keygen\.js:\d+\)\n$/,
    );
  });

  it.each([
    ['thrown', 'setTimeout(() => { throw new TypeError("/in/Martha.jpg") }, 200)'],
    ['rejected', 'setTimeout(() => Promise.reject(new TypeError("/in/Martha.jpg")), 200)'],
  ])('ends the program in the same way when it was %s where nothing catches it', async (_how, code) => {
    const finished = await cli(['review', '--no-open'], preload(code));
    expect(finished.code).toBe(1);
    expect(finished.stderr).toBe('image-deid: An unexpected error arose (TypeError)\n');
  });
});

describe('--lang fr', () => {
  it('prints in French, and writes both reports in French', async () => {
    const out = join(folder, 'french');
    const inspected = await cli(['inspect', photo, '--lang', 'fr']);
    expect(inspected.stdout).toContain('risque avant : 1,00');
    expect(inspected.stdout).toContain('Une personne qui connaît cette peau peut la reconnaître');
    expect(inspected.stdout).not.toMatch(/would be|metadata:|risk/);
    const { stdout } = await cli(['run', photo, '--out', out, '--lang', 'fr']);
    expect(stdout).toMatch(/^1 photos : .*\n {2}rapport {5}/);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('<html lang="fr">');
    const verified = await cli(['verify', out, '--private', '--lang=fr']);
    expect(verified.stdout).toContain('tout est comme le registre le dit');
    const wrong = await cli(['run', photo, '--out', out, '--lang', 'fr', '--style', 'none']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toBe(
      'image-deid : Pour --style, il faut « blur », « pixelate » ou « solid », et non "none"\n',
    );
    rmSync(out, { recursive: true });
  });
});

describe('--log json', () => {
  it.each([
    ['an input that does not exist', ['run', 'in/Martha.jpg', '--out', 'OUT']],
    ['a pattern that matches nothing', ['run', 'in/Martha*.jpg', '--out', 'OUT']],
    ['an unknown option', ['run', 'PHOTO', '--out', 'OUT', '--Martha']],
    ['a word too many', ['status', 'Martha']],
  ])('says wrong usage as an event, without a name: %s', async (_why, words) => {
    const paths: Record<string, string> = { PHOTO: photo, OUT: join(folder, 'out') };
    const { code, stderr } = await cli([...words.map((word) => paths[word] ?? word), '--log', 'json']);
    expect(code).toBe(2);
    const events = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(events).toMatchObject([{ level: 'error', event: 'run-failed', code: 'usage' }]);
    expect(stderr).not.toContain('Martha');
  });

  it('says once why a run ended', async () => {
    const out = join(folder, 'out');
    mkdirSync(out);
    writeFileSync(join(out, 'thesis.doc'), 'mine');
    const { code, stderr } = await cli(['run', photo, '--out', out, '--log=json']);
    rmSync(out, { recursive: true });
    expect(code).toBe(2);
    expect(JSON.parse(stderr)).toMatchObject({ event: 'run-failed', code: 'output-not-empty' });
  });
});

describe('--dry-run', () => {
  it('writes nothing', async () => {
    const words = ['run', photo, '--out', join(folder, 'out'), '--attest', 'no-tattoo', '--dry-run'];
    const { code, stdout } = await cli(words);
    expect(code).toBe(0);
    expect(stdout).not.toBe('');
    expect(readdirSync(folder)).toEqual(['photo.jpg']);
  });
});

const box = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const polygon = z.array(z.tuple([z.number(), z.number()])).min(3);
const kind = z.enum(['face', 'tattoo', 'text', 'code']);
const inspection = z.strictObject({
  schema: z.literal('image-deid/inspect@2'),
  file: z.string(),
  format: z.literal('jpeg'),
  width: z.literal(120),
  height: z.literal(90),
  frames: z.literal(1),
  metadata: z.strictObject({
    findings: z.array(
      z.strictObject({
        part: z.string(),
        field: z.string().optional(),
        group: z.string(),
        identifying: z.boolean(),
      }),
    ),
    trailingBytes: z.literal(0),
  }),
  detections: z.array(
    z.strictObject({
      kind,
      box,
      polygon,
      score: z.number(),
      detector: z.string(),
      textClass: z.string().optional(),
      allowed: z.literal(true).optional(),
    }),
  ),
  redactions: z.array(z.strictObject({ kinds: z.array(kind), box, polygon })),
  notExamined: z.array(z.strictObject({ id: z.string(), values: z.record(z.string(), z.unknown()) })),
  risk: z.strictObject({
    before: z.number().min(0).max(1),
    factors: z.array(
      z.strictObject({
        id: z.string(),
        values: z.record(z.string(), z.unknown()),
        probability: z.number().positive().max(1),
        hipaa: z.array(z.string().regex(/^[A-R]$/)).min(1),
        wp216: z.array(z.enum(['singling out', 'linkability', 'inference'])).min(1),
        dicom: z.array(z.number()),
      }),
    ),
  }),
  timings: z.record(z.string(), z.number()),
});

describe('inspect --json', () => {
  it('prints one line per file with the documented fields, and writes nothing', async () => {
    const { code, stdout } = await cli(['inspect', '--json', photo]);
    expect(code).toBe(0);
    const [line, ...rest] = stdout.split('\n');
    expect(rest).toEqual(['']);
    const parsed = inspection.parse(JSON.parse(line!));
    expect(parsed.metadata.findings).toContainEqual({
      part: 'exif',
      field: 'Artist',
      group: 'person',
      identifying: true,
    });
    expect(stdout).not.toContain('SOMEBODY');
    expect(readdirSync(folder)).toEqual(['photo.jpg']);
  });

  it('prints an error line for a file that cannot be handled, and exits with 3', async () => {
    const other = await temporaryFolder();
    await writeFile(join(other, 'letter.jpg'), 'Dear colleague');
    const { code, stdout } = await cli(['inspect', '--json', join(other, 'letter.jpg')]);
    await rm(other, { recursive: true });
    expect(code).toBe(3);
    const parsed = JSON.parse(stdout) as { schema: string; error: { message: string } };
    expect(parsed).toMatchObject({
      schema: 'image-deid/inspect@2',
      error: { code: 'not-an-image', stage: 'read' },
    });
    expect(Object.keys(parsed)).toEqual(['schema', 'file', 'error']);
    expect(parsed.error.message).not.toContain('letter');
  });
});

describe('output that nobody reads to its end', () => {
  it('does not end a command', async () => {
    const child = spawn(
      process.execPath,
      [join(ROOT, 'dist/cli/main.js'), 'inspect', '--json', photo, photo],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    expect([code, stderr]).toEqual([0, '']);
  });
});

describe('doctor', () => {
  it('finds engines, models and formats in order', async () => {
    const { code, stdout } = await cli(['doctor']);
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('All bundled models load and match their hashes.');
    for (const title of ['JPEG', 'PNG', 'WebP', 'TIFF', 'AVIF', 'GIF', 'HEIC']) {
      expect(stdout).toMatch(new RegExp(`^format +${title}`, 'm'));
    }
  });
});
