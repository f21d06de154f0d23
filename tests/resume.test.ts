import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { appendFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBlankPhotos } from './support/blank-photos.js';
import { cli, readLedger, ROOT, temporaryFolder } from './support/cli.js';
import { seeded } from './support/seeded.js';
import { workersOf } from './support/workers-of.js';

/** More than two processes have in work and in hand when the first is finished. */
const PHOTOS = 8;
let folder: string;
const words = (out: string, ...more: string[]) => [
  'run',
  join(folder, 'in'),
  '--out',
  join(folder, out),
  '--attest',
  'no-tattoo',
  '--jobs',
  '2',
  ...more,
];

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeBlankPhotos(
    join(folder, 'in'),
    Array.from({ length: PHOTOS }, (_, i) => `${i}.png`),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A run in a process of its own; `onFirst` is called when the first photo is reported. */
async function running(args: readonly string[], onFirst: (child: ChildProcess) => unknown) {
  const child = spawn(process.execPath, [join(ROOT, 'dist/cli/main.js'), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  let acting: Promise<unknown> | undefined;
  child.stderr.on('data', (text: Buffer) => {
    stderr += text.toString();
    if (/^[1-9]\d* of /m.test(stderr)) acting ??= Promise.resolve(onFirst(child));
  });
  const [code] = (await once(child, 'close')) as [number | null];
  await acting;
  return { code, stderr };
}

async function expectWhole(out: string) {
  const records = await readLedger(join(folder, out));
  const last = new Map(records.map((record) => [record.source.hmac, record]));
  expect(last.size).toBe(PHOTOS);
  expect([...last.values()].map(({ outcome }) => outcome)).toEqual(Array(PHOTOS).fill('cleared'));
  expect(records.filter(({ outcome }) => outcome === 'cleared')).toHaveLength(PHOTOS);
  expect(readdirSync(join(folder, out, 'cleared'))).toHaveLength(PHOTOS);
  expect(readdirSync(join(folder, out, '.state/staging'))).toEqual([]);
  expect((await cli(['verify', join(folder, out), '--private'])).code).toBe(0);
}

describe('a run that is stopped', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s keeps what is finished and goes on with the same command',
    async (signal) => {
      const out = `out-${signal}`;
      const { code, stderr } = await running(words(out), (child) => child.kill(signal));
      expect(code).toBe(1);
      expect(stderr).toContain('give the same command again');
      const first = await readLedger(join(folder, out));
      expect(first.length).toBeGreaterThan(0);
      expect(first.length).toBeLessThan(PHOTOS);
      expect((await cli(['verify', join(folder, out), '--private'])).code).toBe(0);

      expect((await cli(words(out))).code).toBe(0);
      expect((await readLedger(join(folder, out))).slice(0, first.length)).toEqual(first);
      await expectWhole(out);
    },
  );

  it('by SIGKILL at any moment loses no record, duplicates none and leaves nothing half-written', async () => {
    const random = seeded(1);
    for (let kills = 0; kills < 3; kills++) {
      await running(words('out-kill'), (child) => {
        // Spread over what happens to the next photos; which moment is met does not matter.
        setTimeout(() => child.kill('SIGKILL'), 300 * random());
      });
    }
    expect((await cli(words('out-kill'))).code).toBe(0);
    await expectWhole('out-kill');
  });

  it('because its photos are gone refuses none of them, and goes on when they are back', async () => {
    const away = join(folder, 'away');
    const { code, stderr } = await running(words('out-gone'), () => rename(join(folder, 'in'), away));
    await rename(away, join(folder, 'in'));
    expect(code).toBe(1);
    expect(stderr).toContain('The folder of the photos is gone');
    expect((await readLedger(join(folder, 'out-gone'))).map(({ outcome }) => outcome)).not.toContain(
      'refused',
    );
    expect((await cli(words('out-gone'))).code).toBe(0);
    await expectWhole('out-gone');
  });

  it('because there is no room keeps what is finished, and goes on when there is', async () => {
    // The limit on a file's size stands for the disk's: the ledger meets it after some photos.
    const limited = spawn(
      'bash',
      [
        '-c',
        `trap '' XFSZ; ulimit -f 24; exec "$0" "$@"`,
        process.execPath,
        join(ROOT, 'dist/cli/main.js'),
        ...words('out-full'),
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let stderr = '';
    limited.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    const [code] = (await once(limited, 'close')) as [number | null];
    expect(stderr).toContain(
      'There is no space left for the output; free some and give the same command again',
    );
    expect(code).toBe(1);
    expect((await readLedger(join(folder, 'out-full'))).length).toBeGreaterThan(0);
    expect((await cli(words('out-full'))).code).toBe(0);
    await expectWhole('out-full');
  });
});

describe('a photo that is too much', () => {
  it('kills only the process that treats it, and is treated again when asked', async () => {
    const { code } = await running(words('out-crash'), (child) => {
      for (const pid of workersOf(child)) process.kill(pid, 'SIGKILL');
    });
    expect(code).toBe(3);
    const records = await readLedger(join(folder, 'out-crash'));
    expect(records).toHaveLength(PHOTOS);
    const refused = records.filter(({ outcome }) => outcome === 'refused');
    expect(refused.map(({ error }) => error?.code)).toEqual(refused.map(() => 'worker-crashed'));
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(2);
    expect((await cli(words('out-crash'))).code).toBe(3);
    expect((await cli(words('out-crash', '--retry-refused'))).code).toBe(0);
    const again = (await readLedger(join(folder, 'out-crash'))).slice(PHOTOS);
    expect(again.map(({ retryOf }) => retryOf).sort()).toEqual(refused.map(({ seq }) => seq).sort());
    await expectWhole('out-crash');
  });

  it('of time or memory is refused', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
    const large = sharp({ create: { width: 3000, height: 2000, channels: 3, background: 'white', noise } });
    const photo = join(folder, 'large.png');
    await writeFile(photo, await large.png().toBuffer());
    const codeOf = async (out: string, ...limit: string[]) => {
      expect((await cli(['run', photo, '--out', join(folder, out), ...limit])).code).toBe(3);
      return (await readLedger(join(folder, out))).map(({ source, error }) => [
        source.hmac?.length,
        error?.code,
      ]);
    };
    expect(await codeOf('out-slow', '--photo-seconds', '1')).toEqual([[64, 'timeout']]);
    expect(await codeOf('out-fat', '--photo-memory', '64')).toEqual([[64, 'out-of-memory']]);
  });
});

describe('a run that is finished', () => {
  it('does nothing more, and requires the same settings', async () => {
    const out = join(folder, 'out-SIGINT');
    const before = await readLedger(out);
    const again = await cli(words('out-SIGINT'));
    expect(again.code).toBe(0);
    expect(again.stderr).toContain(`${PHOTOS} done before`);
    expect(await readLedger(out)).toEqual(before);
    expect((await cli([...words('out-SIGINT'), '--style', 'solid'])).code).toBe(2);
  });

  it('treats a photo that has changed since, and says so', async () => {
    const copy = join(folder, 'changing.png');
    await writeFile(copy, readFileSync(join(folder, 'in/0.png')));
    const run = () =>
      cli(['run', copy, '--out', join(folder, 'out-changed'), '--log', 'json', '--attest', 'no-tattoo']);
    await run();
    const background = { r: 150, g: 120, b: 100 };
    const other = sharp({ create: { width: 80, height: 60, channels: 3, background } });
    await writeFile(copy, await other.png().toBuffer());
    const { stderr } = await run();
    const events = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.map(({ event }) => event)).toEqual(['run-started', 'photo', 'run-ended']);
    expect(events[1]).toMatchObject({ seq: 2, outcome: 'cleared', hasChanged: true });
    expect(stderr).not.toContain('changing');
    expect(await readLedger(join(folder, 'out-changed'))).toHaveLength(2);
  });

  it('repairs a ledger whose last line was torn off, and says so', async () => {
    await appendFile(join(folder, 'out-SIGTERM/ledger.jsonl'), '{"schema":"image-de');
    const { code, stderr } = await cli(words('out-SIGTERM'));
    expect([code, stderr.includes('torn off the last line of the ledger')]).toEqual([0, true]);
    await expectWhole('out-SIGTERM');
  });
});
