import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatById } from '../src/formats/index.js';
import type { LedgerRecord } from '../src/publish/contract.js';
import { cli, readLedger, ROOT, sharedFiles, temporaryFolder, type Finished } from './support/cli.js';
import { SECRET, writeHostileFiles, type Expected } from './support/hostile-files.js';

const MOST_KIB = 1.5 * 2 ** 20;
const MOST_MILLISECONDS = 20_000;

let folder: string;
let out: string;
let before: string[];
let expected: readonly Expected[];
let finished: Finished;
let ledger: LedgerRecord[];

const listing = (path: string) => readdirSync(path, { recursive: true, encoding: 'latin1' }).sort();

beforeAll(async () => {
  folder = await temporaryFolder();
  out = join(folder, 'out');
  const written = await writeHostileFiles(folder);
  expected = written.expected;
  writeFileSync(join(folder, 'memory.txt'), '');
  before = listing(folder);
  const hook = pathToFileURL(join(ROOT, 'tests/support/record-peak-memory.mjs')).href;
  finished = await cli(['run', written.input, '--out', out, '--attest', 'no-tattoo', '--log', 'json'], {
    env: { ...process.env, NODE_OPTIONS: `--import=${hook}`, PEAK_MEMORY_FILE: join(folder, 'memory.txt') },
  });
  ledger = await readLedger(out);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a run over hostile files', () => {
  it('goes on to the end and exits with 3', () => {
    expect(finished.code, finished.stderr).toBe(3);
  });

  it('cleans each one or refuses it for the right reason', () => {
    const became = ledger.map(({ outcome, error }) => (outcome === 'refused' ? error?.code : 'clean'));
    // Records are written as photos are finished; how often each thing happened does not depend on that.
    expect([...became].sort()).toEqual([...expected].sort());
  });

  it('publishes every clean photo and no refused one', () => {
    for (const { outcome, output } of ledger) expect(output === undefined).toBe(outcome === 'refused');
  });

  it('writes only allowed container parts', () => {
    for (const { outcome, output } of ledger) {
      if (!output) continue;
      const bytes = readFileSync(join(out, outcome, output.name));
      const parts = formatById(output.format).walk(bytes);
      expect(parts.filter(({ allowed }) => !allowed)).toEqual([]);
      expect(bytes.includes(SECRET)).toBe(false);
    }
  });

  it('goes by content: a PNG called .jpg comes out as a PNG', () => {
    expect(ledger.filter(({ output }) => output?.format === 'png')).toHaveLength(1);
  });

  it('writes nothing outside its folder', () => {
    const now = listing(folder).filter((path) => path !== 'out' && !path.startsWith('out/'));
    expect(now).toEqual(before);
  });

  it('names no source in what may be shared, and sends no control characters to the terminal', async () => {
    for (const path of await sharedFiles(out)) {
      const text = await readFile(path, 'latin1');
      for (const name of ['polyglot', 'many-comments', 'wrong-extension', 'link-out', '-rf.jpg']) {
        expect(text.includes(name)).toBe(false);
      }
    }
    expect(finished.stdout + finished.stderr).not.toMatch(/[\u202a-\u202e]|line\nbreak/);
  });

  it('spends no more than 20 s on one photo and 1.5 GB in one process', () => {
    const events = finished.stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; milliseconds?: number })
      .filter(({ event }) => event === 'photo');
    expect(events).toHaveLength(expected.length);
    for (const { milliseconds } of events) expect(milliseconds).toBeLessThan(MOST_MILLISECONDS);
    const peaks = readFileSync(join(folder, 'memory.txt'), 'utf8').trim().split('\n').map(Number);
    expect(peaks.length).toBeGreaterThan(0);
    expect(Math.max(...peaks)).toBeLessThan(MOST_KIB);
  });
});

describe('an output folder that may not be used', () => {
  it('is refused when it is not empty, and nothing in it changes', async () => {
    const target = join(folder, 'occupied');
    mkdirSync(target);
    writeFileSync(join(target, 'thesis.txt'), 'mine');
    const { code, stderr } = await cli(['run', join(folder, 'outside.jpg'), '--out', target]);
    expect({ code, files: readdirSync(target) }).toEqual({ code: 2, files: ['thesis.txt'] });
    expect(stderr).not.toBe('');
  });

  it('is refused inside the input folder, and is not made', async () => {
    const target = join(folder, 'in', 'clean');
    const { code } = await cli(['run', join(folder, 'in'), '--out', target]);
    expect({ code, files: readdirSync(join(folder, 'in')).includes('clean') }).toEqual({
      code: 2,
      files: false,
    });
  });

  it('ends the run with 1 when it cannot be written', async () => {
    writeFileSync(join(folder, 'a-file'), 'not a folder');
    const { code, stderr } = await cli([
      'run',
      join(folder, 'outside.jpg'),
      '--out',
      join(folder, 'a-file', 'out'),
    ]);
    expect(code).toBe(1);
    expect(stderr).not.toContain('    at ');
  });
});
