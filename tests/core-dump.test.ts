import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBlankPhotos } from './support/blank-photos.js';
import { cli, readLedger, ROOT, temporaryFolder } from './support/cli.js';
import { workersOf } from './support/workers-of.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  await writeBlankPhotos(join(folder, 'in'), ['a.png', 'b.png', 'c.png', 'd.png']);
  mkdirSync(join(folder, 'here'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a process that crashes', () => {
  it('leaves nothing of its memory on the disk, even where core dumps were asked for', async () => {
    const words = ['run', join(folder, 'in'), '--out', join(folder, 'out'), '--attest', 'no-tattoo'];
    const command = [
      process.execPath,
      join(ROOT, 'dist/cli/main.js'),
      ...words,
      '--jobs',
      '1',
      '--log',
      'json',
    ];
    const child = spawn('bash', ['-c', 'ulimit -c unlimited; exec "$0" "$@"', ...command], {
      cwd: join(folder, 'here'),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let crashed = 0;
    child.stderr.on('data', (text: Buffer) => {
      if (crashed > 0 || !text.toString().includes('"event":"photo"')) return;
      for (const pid of workersOf(child)) {
        const filter = readFileSync(`/proc/${pid}/coredump_filter`, 'utf8');
        const limits = readFileSync(`/proc/${pid}/limits`, 'utf8');
        expect(filter.trim()).toBe('00000000');
        expect(limits).toMatch(/^Max core file size +0 +0 /m);
        process.kill(pid, 'SIGSEGV');
        crashed++;
      }
    });
    const [code] = (await once(child, 'close')) as [number | null];
    expect([code, crashed]).toEqual([3, 1]);
    const codes = (await readLedger(join(folder, 'out'))).map(({ error }) => error?.code);
    expect(codes.filter((one) => one !== undefined)).toEqual(['worker-crashed']);
    expect(readdirSync(join(folder, 'here'))).toEqual([]);
  });

  it('is something that "doctor" reports', async () => {
    expect((await cli(['doctor'])).stdout).toContain('core dumps a crash leaves nothing of a photo');
  });
});
