import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, readLedger, ROOT, temporaryFolder } from './support/cli.js';

const PHOTOS = 4;
let folder: string;
const words = (out: string) => [
  'run',
  join(folder, 'in'),
  '--out',
  join(folder, out),
  '--attest',
  'no-tattoo',
];

beforeAll(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder, 'in'));
  for (let i = 0; i < PHOTOS; i++) {
    const background = { r: 200 + i, g: 160, b: 140 };
    const blank = sharp({ create: { width: 64, height: 48, channels: 3, background } });
    await writeFile(join(folder, 'in', `${i}.png`), await blank.png().toBuffer());
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs until the first photo is reported, then sends a signal; resolves when the process has ended. */
function interrupted(args: readonly string[], signal: NodeJS.Signals) {
  return new Promise<{ code: number | null; stderr: string }>((resolve) => {
    const child = spawn(process.execPath, [join(ROOT, 'dist/cli/main.js'), ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => {
      if (stderr === '') child.kill(signal);
      stderr += text.toString();
    });
    child.on('close', (code) => {
      resolve({ code, stderr });
    });
  });
}

describe('a run that is stopped', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s keeps what is finished and goes on with the same command',
    async (signal) => {
      const out = `out-${signal}`;
      const { code, stderr } = await interrupted(words(out), signal);
      expect(code).toBe(1);
      expect(stderr).toContain('give the same command again');
      const first = await readLedger(join(folder, out));
      expect(first.length).toBeGreaterThan(0);
      expect(first.length).toBeLessThan(PHOTOS);
      expect((await cli(['verify', join(folder, out)])).code).toBe(0);

      expect((await cli(words(out))).code).toBe(0);
      const all = await readLedger(join(folder, out));
      expect(all.slice(0, first.length)).toEqual(first);
      expect(new Set(all.map(({ source }) => source.sha256)).size).toBe(PHOTOS);
      expect(readdirSync(join(folder, out, 'cleared'))).toHaveLength(PHOTOS);
      expect((await cli(['verify', join(folder, out)])).code).toBe(0);
    },
  );

  it('by SIGKILL loses no record and leaves nothing half-written', async () => {
    await interrupted(words('out-kill'), 'SIGKILL');
    expect((await cli(words('out-kill'))).code).toBe(0);
    expect(readdirSync(join(folder, 'out-kill/cleared'))).toHaveLength(PHOTOS);
    expect((await cli(['verify', join(folder, 'out-kill')])).code).toBe(0);
  });
});

describe('a run that is finished', () => {
  it('does nothing more, and wants the same settings', async () => {
    const out = join(folder, 'out-SIGINT');
    const before = await readLedger(out);
    const again = await cli(words('out-SIGINT'));
    expect(again.code).toBe(0);
    expect(again.stderr).toContain(`${PHOTOS} done before`);
    expect(await readLedger(out)).toEqual(before);
    expect((await cli([...words('out-SIGINT'), '--style', 'solid'])).code).toBe(2);
  });
});
