import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBlankPhotos } from './support/blank-photos.js';
import { cli, readLedger, ROOT, temporaryFolder } from './support/cli.js';

const PHOTOS = 8;
let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeBlankPhotos(
    join(folder, 'in'),
    Array.from({ length: PHOTOS }, (_, i) => `${i}.png`),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a run that is stopped like a laptop whose lid is closed', () => {
  it('ends without writing to the ledger when another run has meanwhile taken over its folder', async () => {
    const out = join(folder, 'out');
    const words = ['run', join(folder, 'in'), '--out', out, '--attest', 'no-tattoo', '--log', 'json'];
    const first = spawn(process.execPath, [join(ROOT, 'dist/cli/main.js'), ...words, '--jobs', '1'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let text = '';
    await new Promise<void>((resolve) => {
      first.stderr.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (text.includes('"event":"photo"')) resolve();
      });
    });
    first.kill('SIGSTOP');
    try {
      const locked = await cli(words);
      expect([locked.code, locked.stderr]).toEqual([1, expect.stringContaining('Another run is working')]);
      const then = new Date(Date.now() - 61_000);
      await utimes(join(out, '.state/lock'), then, then);
      expect((await cli(words)).code).toBe(0);
    } finally {
      first.kill('SIGCONT');
    }
    const [code] = (await once(first, 'close')) as [number | null];
    expect(code).toBe(1);
    expect(text).toMatch(/"event":"run-failed","code":"output-locked"/);
    // What the other run has written is not replaced.
    expect(text).toMatch(/"level":"warn","event":"summary-not-written"/);

    const records = await readLedger(out);
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, i) => i + 1));
    expect(new Set(records.map(({ source }) => source.hmac)).size).toBe(PHOTOS);
    expect(records).toHaveLength(PHOTOS);
    const fences = records.map(({ fence }) => fence);
    expect([fences[0], fences.at(-1)]).toEqual([1, 2]);
    expect(readdirSync(join(out, 'cleared'))).toHaveLength(PHOTOS);
    expect((await cli(['verify', '--private', out])).code).toBe(0);
  });
});
