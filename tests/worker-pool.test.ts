import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onTheWay } from '../src/batch/index.js';
import type * as Batch from '../src/batch/index.js';
import { DEFAULT_SETTINGS } from '../src/pipeline/index.js';
import { collectInputs } from '../src/source/index.js';
import { writeBlankPhotos } from './support/blank-photos.js';
import { ROOT, temporaryFolder } from './support/cli.js';

/** Enough to see a process come and go: the next one starts while photos are treated. */
const PHOTOS = 12;
let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder, 'staging'));
  await writeBlankPhotos(
    join(folder, 'in'),
    Array.from({ length: PHOTOS }, (_, i) => `${String(i).padStart(2, '0')}.png`),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('a pool replaces its processes after so many photos, and loses none', async () => {
  const { WorkerPool } = (await import(join(ROOT, 'dist/batch/index.js'))) as typeof Batch;
  const limits = { staging: join(folder, 'staging'), threads: 1, mostMiB: 4096, seconds: 60, photos: 3 };
  const pool = new WorkerPool(2, limits);
  const seen = new Set<number>();
  try {
    const { entries } = await collectInputs([join(folder, 'in')]);
    const treatments = await Promise.all(
      entries.map(async (entry) => {
        const treatment = await pool.treat({
          entry: onTheWay(entry),
          settings: { ...DEFAULT_SETTINGS, attestNone: ['tattoo'] },
          known: [],
        });
        for (const pid of pool.pids) seen.add(pid);
        return treatment;
      }),
    );
    const outcomes = treatments.map((t) => (t.kind === 'treated' ? [t.draft.outcome, t.source] : [t.kind]));
    expect(outcomes.map(([outcome]) => outcome)).toEqual(Array(PHOTOS).fill('cleared'));
    expect(new Set(outcomes.map(([, source]) => source)).size).toBe(PHOTOS);
    expect(seen.size).toBeGreaterThan(2);
  } finally {
    await pool.close();
  }
  // Nobody is left behind, not even one that was about to start.
  for (const pid of seen) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
