/** A lesion on a face, end to end: the portrait is a person in a photo inside a development dependency. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Box } from '../src/core/geometry.js';
import { cli, readLedger, temporaryFolder } from './support/cli.js';
import { asPng, PORTRAIT, portraitPhoto } from './support/portrait.js';

const [EYE, OTHER_EYE] = PORTRAIT.eyes;
let folder: string;
let photo: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  photo = join(folder, 'portrait.png');
  await writeFile(photo, await asPng(await portraitPhoto()));
});
afterAll(() => rm(folder, { recursive: true }));

async function pixelsOf(file: string, { x, y, width, height }: Box): Promise<Buffer> {
  return sharp(file).extract({ left: x, top: y, width, height }).removeAlpha().raw().toBuffer();
}

/** Runs the command for clinical use, where nothing is shrunk, resampled or lossy, and gives back what was written. */
async function written(name: string, ...args: string[]) {
  const out = join(folder, name);
  const { stderr } = await cli([
    'run',
    photo,
    '--out',
    out,
    '--destination',
    'clinical',
    '--jobs',
    '1',
    ...args,
  ]);
  const [record] = await readLedger(out);
  const found = await Promise.all(
    ['cleared', 'review'].map(async (of) =>
      (await readdir(join(out, of)).catch(() => [])).map((file) => join(out, of, file)),
    ),
  );
  const file = found.flat().find((each) => each.endsWith('.png'));
  return { record: record!, file, stderr };
}

/** The share of a box's pixels that are as they were. */
async function same(file: string | undefined, box: Box, from = box): Promise<number> {
  const [before, after] = await Promise.all([pixelsOf(photo, from), pixelsOf(file!, box)]);
  let equal = 0;
  for (let at = 0; at < before.length; at += 3) {
    if ([0, 1, 2].every((channel) => before[at + channel] === after[at + channel])) equal++;
  }
  return equal / (before.length / 3);
}
const told = ({ keptBack }: Awaited<ReturnType<typeof written>>['record']) =>
  (keptBack ?? []).map(({ shown, reason }) => [shown, reason.id]);

describe('image-deid run on a portrait', () => {
  it('covers all of it by default', async () => {
    const { record, file } = await written('whole');
    expect(await same(file, PORTRAIT.cheek)).toBeLessThan(0.02);
    expect(await same(file, EYE)).toBeLessThan(0.02);
    expect(record.settings).not.toHaveProperty('faces');
    expect(told(record)).toEqual([]);
  });

  it('leaves skin to the bit with --faces features, and covers the eyes', async () => {
    const { record, file } = await written('features', '--faces', 'features');
    expect(await same(file, PORTRAIT.cheek)).toBe(1);
    for (const eye of [EYE, OTHER_EYE]) expect(await same(file, eye)).toBeLessThan(0.02);
    expect(record).toMatchObject({ settings: { faces: 'features' } });
    expect(told(record)).toEqual([[false, 'plan/skin-left']]);
    expect(record.risk?.reasons.map(({ id }) => id)).toContain('skin-of-face');
    expect(record.checks?.find(({ check }) => check === 'uncovered-face')?.status).toBe('not-found');
  });

  it('leaves a kept patch of skin, and nothing else of the face', async () => {
    const { x, y, width, height } = PORTRAIT.cheek;
    const { record, file } = await written('patch', '--keep', [x, y, width, height].join());
    expect(record.outcome).toBe('cleared');
    expect(await same(file, PORTRAIT.cheek)).toBe(1);
    expect(await same(file, { x: 330, y: 180, width: 60, height: 60 })).toBeLessThan(0.02);
    expect(told(record)).toEqual([[false, 'plan/skin-in-keep']]);
  });

  it('keeps nothing but the patch and a margin with --crop-to-keep, from a file beside the photo', async () => {
    const { x, y, width, height } = PORTRAIT.cheek;
    await writeFile(`${photo}.keep.json`, JSON.stringify({ keep: [[x, y, width, height]] }));
    const { record, file } = await written('crop', '--crop-to-keep');
    await rm(`${photo}.keep.json`);
    expect(record.outcome).toBe('cleared');
    const { width: across } = await sharp(file).metadata();
    // The margin is the least one, 16 pixels.
    expect(across).toBe(width + 32);
    expect(await same(file, { x: 16, y: 16, width, height }, PORTRAIT.cheek)).toBe(1);
    expect(
      await same(
        file,
        { x: 0, y: 0, width: 12, height: 12 },
        { x: x - 16, y: y - 16, width: 12, height: 12 },
      ),
    ).toBeLessThan(0.1);
  });

  it('covers a kept region that lies on an eye, sends the photo to a person and says what to do', async () => {
    const { x, y, width, height } = EYE;
    const { record, file } = await written('eye', '--keep', [x, y, width, height].join());
    expect(await same(file, EYE)).toBeLessThan(0.02);
    expect(record.outcome).toBe('review');
    expect(record.reasons).toContainEqual({ id: 'gate/keep-covered', values: { share: 1 } });
    expect(told(record)).toEqual([[false, 'plan/features-in-keep']]);
    const report = await readFile(join(folder, 'eye/review/report.html'), 'utf8');
    expect(report).toContain('A kept region lies on features of a face (eye');
  });

  it('sends a shown eye to a person with --allow-face-in-keep', async () => {
    const { x, y, width, height } = EYE;
    const keep = ['--keep', [x, y, width, height].join(), '--allow-face-in-keep'];
    const { record, file } = await written('shown', ...keep);
    expect(await same(file, EYE)).toBe(1);
    expect(record.outcome).toBe('review');
    expect(record.checks?.find(({ check }) => check === 'uncovered-face')?.status).toBe('found');
  });

  it('lets no skin of a face out to the public beyond a patch, and says what would help', async () => {
    const out = join(folder, 'public');
    await cli(['run', photo, '--out', out, '--faces', 'features', '--jobs', '1']);
    const [record] = await readLedger(out);
    expect(record!.outcome).toBe('review');
    const skin = record!.reasons.find(({ id }) => id === 'gate/skin-of-face');
    expect(skin?.values).toMatchObject({ remedies: [{ id: 'remedy/cover-face' }] });
  });
});
