import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, readLedger, temporaryFolder } from './support/cli.js';
import { rankCorrelation } from './support/rank-correlation.js';

/** So many that chance alone stays far below the limit: its spread is 1 / √(n − 1) = 0.05. */
const FILES = 400;
/** Six times that; the order of paths gave 0.999. */
const LIMIT = 0.3;
let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder, 'in'));
  // No photos: each is refused at once, and has its record all the same.
  for (let i = 0; i < FILES; i++) {
    await writeFile(join(folder, 'in', `${String(i).padStart(3, '0')}.jpg`), `no photo ${i}`);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The place of every record's source in the order of paths, in the order of the ledger. */
async function ranksOf(out: string): Promise<number[]> {
  const records = await readLedger(join(folder, out));
  const lines = (await readFile(join(folder, out, '.state/names.jsonl'), 'utf8')).trim().split('\n');
  const paths = new Map(
    lines.map((line) => {
      const { seq, path } = JSON.parse(line) as { seq: number; path: string };
      return [seq, Buffer.from(path, 'base64').toString()];
    }),
  );
  return records.map(({ seq }) => Number(/(\d+)\.jpg$/.exec(paths.get(seq) ?? '')?.[1]));
}

describe('the order of the ledger', () => {
  it('tells nothing about the order of the sources, even of those that are tried again', async () => {
    const words = ['run', join(folder, 'in'), '--out', join(folder, 'out')];
    expect((await cli(words)).code).toBe(3);
    expect((await cli([...words, '--retry-refused'])).code).toBe(3);
    const ranks = await ranksOf('out');
    expect(ranks).toHaveLength(2 * FILES);
    const [first, again] = [ranks.slice(0, FILES), ranks.slice(FILES)];
    expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: FILES }, (_, i) => i));
    expect(Math.abs(rankCorrelation(first))).toBeLessThan(LIMIT);
    expect(Math.abs(rankCorrelation(again))).toBeLessThan(LIMIT);
    // The second order is not the first one again.
    const placeInFirst = new Map(first.map((rank, place) => [rank, place]));
    expect(Math.abs(rankCorrelation(again.map((rank) => placeInFirst.get(rank)!)))).toBeLessThan(LIMIT);
  });
});
