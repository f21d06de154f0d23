import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cli, readLedger, sharedFiles, temporaryFolder, type Finished } from './support/cli.js';

let folder: string;
let out: string;
let run: Finished;

const NAMES = {
  cleared: '=Martha.jpg',
  refused: 'Martha "M"\n2024.jpg',
} as const;

/** A run of a photo that is cleared and of a file that is none, both with names that a spreadsheet must not act on. */
beforeAll(async () => {
  folder = await temporaryFolder();
  out = join(folder, "the doctor's out");
  const inside = join(folder, 'in');
  await mkdir(inside);
  const blank = { create: { width: 120, height: 90, channels: 3, background: '#d8a58e' } } as const;
  await writeFile(join(inside, NAMES.cleared), await sharp(blank).jpeg().toBuffer());
  await writeFile(join(inside, NAMES.refused), 'Dear colleague');
  const words = ['run', inside, '--out', out, '--attest', 'no-tattoo', '--jobs', '1', '--lang', 'en'];
  run = await cli(words);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const line = z.strictObject({
  schema: z.literal('image-deid/names@1'),
  source: z.string(),
  seq: z.int(),
  outcome: z.enum(['cleared', 'review', 'refused']),
  output: z.string().optional(),
  reasons: z.array(z.strictObject({ id: z.string(), values: z.record(z.string(), z.unknown()) })),
  reason: z.string(),
});
const REASON = 'This is not a photo';

describe('image-deid names', () => {
  it('prints one JSON line per photo, refused files too', async () => {
    const { code, stdout, stderr } = await cli(['names', out, '--json']);
    expect([code, stderr]).toEqual([0, '']);
    const photos = stdout
      .trimEnd()
      .split('\n')
      .map((text) => line.parse(JSON.parse(text)));
    const ledger = await readLedger(out);
    const byName = Object.fromEntries(photos.map((photo) => [photo.source, photo]));
    const cleared = byName[join(folder, 'in', NAMES.cleared)];
    const name = ledger.find(({ outcome }) => outcome === 'cleared')?.output?.name;
    expect(cleared).toMatchObject({ outcome: 'cleared', output: `cleared/${name}`, reason: '' });
    const refused = byName[join(folder, 'in', NAMES.refused)];
    expect(refused).toMatchObject({ outcome: 'refused', reasons: [{ id: 'error/not-an-image' }] });
    expect(refused?.reason).toContain(REASON);
    expect(refused).not.toHaveProperty('output');
  });

  it('prints CSV in which a name cannot begin a cell with a formula, or end its line', async () => {
    const { code, stdout } = await cli(['names', out, '--csv']);
    expect(code).toBe(0);
    expect(stdout.startsWith('"source","output","outcome","reason"\r\n')).toBe(true);
    expect(stdout).toContain(`"${join(folder, 'in', 'Martha ""M""\n2024.jpg')}","","refused","${REASON}`);
    expect(stdout.split('\r\n')).toHaveLength(4);
    expect(stdout).not.toMatch(/(^|,)"?[=+@-]/m);
  });

  it('prints a table in which a name stays on its line', async () => {
    const { code, stdout } = await cli(['names', out, '--lang', 'fr']);
    expect(code).toBe(0);
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^source +résultat +décision +raison$/);
    expect(rows).toHaveLength(2);
    expect(stdout).toMatch(/Martha "M"\\u000a2024\.jpg +- +refusée +\S/);
    expect(stdout).toMatch(/=Martha\.jpg +cleared\/\S+ +validée$/m);
  });

  it('says when the private folder is gone', async () => {
    const shared = join(folder, 'shared');
    await mkdir(shared);
    await writeFile(join(shared, 'ledger.jsonl'), await readFile(join(out, 'ledger.jsonl')));
    const { code, stdout, stderr } = await cli(['names', shared]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'image-deid: The folder is not the --out of a run with its .state; only there it is written which photo came from which file\n',
    );
  });
});

describe('a run with a refused file', () => {
  it('ends with the command that says which, ready to be copied', () => {
    expect(run.code).toBe(3);
    const quoted = `'${out.replace("'", String.raw`'\''`)}'`;
    expect(run.stdout).toContain(`  names    which file became which photo: image-deid names ${quoted}\n`);
    expect(run.stdout).not.toContain('image-deid review');
  });

  it('names it nowhere but on a terminal', async () => {
    expect(run.stdout + run.stderr).not.toContain('Martha');
    for (const file of await sharedFiles(out)) expect(await readFile(file, 'latin1')).not.toContain('Martha');
  });
});
