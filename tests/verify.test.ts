import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { Output } from '../src/publish/index.js';
import { cli, temporaryFolder } from './support/cli.js';
import { draftOf, greyPng, stagePng } from './support/staged-photo.js';
import { entryIn } from './support/source-entry.js';

const folder = await temporaryFolder();
let out: string;
let runs = 0;

beforeEach(async () => {
  out = join(folder, `out-${runs++}`);
  const output = await Output.open(out, [], 'settings');
  for (const [name, outcome] of [
    ['a', 'cleared'],
    ['b', 'review'],
  ] as const) {
    await output.publish(
      entryIn('/in', name),
      name,
      draftOf(outcome),
      await stagePng(output.staging, await greyPng(90)),
    );
  }
  await output.finish(false);
  await output.close();
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const verify = (...options: readonly string[]) => cli(['verify', out, ...options]);
const lastLine = (text: string) => text.trimEnd().split('\n').at(-1);

it('names what may not be shared, with exit code 3, and says what to do', async () => {
  await writeFile(join(out, 'cleared/names.csv'), 'Martha');
  const { code, stdout } = await verify();
  expect(code).toBe(3);
  expect(stdout).toContain('PRIVATE  .state: not to be shared\n');
  expect(stdout).toContain('FAILED  cleared/names.csv: The ledger knows no such file\n');
  expect(lastLine(stdout)).toBe(
    'It may be shared when these are gone: .state, review/report.html, cleared/names.csv. "verify --clean" does that. Leave review/ out, unless its 1 photos are meant to go too.',
  );
});

it('cleans, tells what it removed, and ends with 0', async () => {
  await writeFile(join(out, 'cleared/names.csv'), 'Martha');
  const { code, stdout } = await verify('--clean');
  expect(stdout.split('\n').filter((line) => line.startsWith('removed'))).toEqual([
    'removed  .state',
    'removed  review/report.html',
    'removed  cleared/names.csv',
  ]);
  expect(code).toBe(0);
  expect((await readdir(out)).sort()).toEqual([
    'cleared',
    'ledger.jsonl',
    'report-pictures',
    'report.html',
    'review',
    'summary.csv',
    'summary.json',
  ]);
  const again = await verify();
  expect(again.code).toBe(0);
  expect(again.stdout).toContain('It may be shared as it is.');
});

it('asks less of a folder that stays private, and tells the number to note', async () => {
  const { code, stdout } = await verify('--private');
  expect(code).toBe(0);
  expect(stdout).toContain('2 photos, 2 records, run 1: all as the ledger says\n');
  expect((await verify('--private', '--expect-records', '2')).code).toBe(0);
  expect((await verify('--private', '--expect-records', '3')).code).toBe(3);
  expect((await verify('--expect-records', '-1')).code).toBe(2);
  expect((await verify('--private', '--clean')).code).toBe(2);
});

it('ends with 3 for a broken chain, and cleans nothing then', async () => {
  await appendFile(join(out, 'ledger.jsonl'), '{"seq":9}\n');
  expect((await verify('--private')).code).toBe(3);
  const { code, stdout } = await verify('--clean');
  expect(code).toBe(3);
  expect(stdout).toContain('Nothing was removed');
  expect(await readdir(out)).toContain('.state');
});

it('ends with 3 at a pipe in the place of a photo, and does not wait', async () => {
  const [name = ''] = await readdir(join(out, 'cleared'));
  await rm(join(out, 'cleared', name));
  execFileSync('mkfifo', [join(out, 'cleared', name)]);
  const { code, stdout } = await verify('--private');
  expect(code).toBe(3);
  expect(stdout).toContain(`FAILED  cleared/${name}: It is no regular file\n`);
});

it('shows no control character of a name', async () => {
  await mkdir(join(out, 'cleared/\u001b[31mred'));
  const { code, stdout } = await verify();
  expect(code).toBe(3);
  expect(stdout).not.toContain('\u001b');
  expect(await readFile(join(out, 'summary.json'), 'utf8')).toContain('"cleared": 1');
});
