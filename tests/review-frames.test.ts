import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../src/core/limits.js';
import type { Frame, PixelImage } from '../src/core/image.js';
import { formatById } from '../src/formats/index.js';
import {
  checkViewSchema,
  photoViewSchema,
  queueEntrySchema,
  queueViewSchema,
  STRIP_CELL,
} from '../src/review/api.js';
import { seriousFaults } from './support/browser.js';
import { cli, folderWithSamples, readLedger } from './support/cli.js';
import { openPage, openPhoto, put, type Page as Server } from './support/review-server.js';
import { by, ready, visits, type VisitOptions } from './support/visit.js';

let folder: string;
let out: string;
let batch: Server;

/** The sample with a tattoo, for the public: a person has to look at it. Each copy is darker than the one before. */
async function forearm(count: number, width: number): Promise<PixelImage[]> {
  const source = await sharp(join(folder, 'samples/inked-forearm.jpg')).resize(width).toBuffer();
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const { data, info } = await sharp(source)
        .linear(1 - (0.4 * i) / count)
        .raw()
        .toBuffer({ resolveWithObject: true });
      return { width: info.width, height: info.height, channels: 3 as const, data };
    }),
  );
}

async function written(format: 'tiff' | 'gif', frames: Frame[]): Promise<Uint8Array> {
  const image = { format, frames, ...(format === 'gif' && { loop: 0 }) };
  const bytes = await formatById(format).encode?.(image, { limits: DEFAULT_LIMITS });
  if (!bytes) throw new Error('Expected a format that can be written');
  return bytes;
}
const pages = async (count: number) =>
  written(
    'tiff',
    (await forearm(count, 400)).map((pixels) => ({ pixels })),
  );
/** @param repeated all of them so often: what is seen again is not looked at again */
const animation = async (count: number, repeated = 1) => {
  const frames = (await forearm(count, 160)).map((pixels) => ({ pixels, delay: 100 }));
  return written('gif', Array.from({ length: repeated }, () => frames).flat());
};

const { visit: visitServer } = visits();

beforeAll(async () => {
  folder = await folderWithSamples();
  await mkdir(join(folder, 'in'));
  await writeFile(join(folder, 'in/pages.tif'), await pages(4));
  out = join(folder, 'out');
  expect((await cli(['run', join(folder, 'in'), '--out', out])).code).toBe(3);
  batch = await openPage(join(folder, 'state'), out);
});
afterAll(async () => {
  await batch.end();
  await rm(folder, { recursive: true, force: true });
});

const visit = (options?: VisitOptions) => visitServer(batch, options);
const entries = async () => (await batch.view('queue', queueViewSchema)).entries;
const decide = (seq: number, value: object) => batch.call(`queue/${seq}/decision`, put('POST', value));
const sizeOf = async (answer: Response) => {
  const { width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
  return [width, height];
};
const fits = (page: Page) => page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');

describe('the server', () => {
  it('accepts no photo of several pages, whatever the reason, before each page was shown', async () => {
    const [entry] = await entries();
    if (!entry) throw new Error('Expected a photo to review');
    expect(entry.strip).toEqual({ frames: 4, perSheet: 1, isAnimated: false });
    const { seq } = entry;
    expect(await sizeOf(await batch.call(`queue/${seq}/strip`))).toEqual([
      4 * STRIP_CELL.width,
      STRIP_CELL.height,
    ]);
    const accept = { decision: 'accept', initials: 'AB' };
    const withReason = { ...accept, overrideReason: 'Looked at it with the patient' };
    for (const sheet of [0, 0, 1, 3]) {
      expect((await batch.call(`queue/${seq}/sheets/${sheet}`)).status).toBe(200);
      for (const request of [accept, withReason]) {
        const refused = await decide(seq, request);
        expect([refused.status, await refused.json()]).toMatchObject([
          409,
          { code: 'not-cleared', finding: { id: 'error/not-cleared/not-shown' } },
        ]);
      }
    }
    expect((await batch.call(`queue/${seq}/sheets/4`)).status).toBe(400);
    expect(readdirSync(join(out, 'cleared')).filter((name) => name.endsWith('.tif'))).toEqual([]);
    expect((await batch.call(`queue/${seq}/sheets/2`)).status).toBe(200);
    const accepted = await decide(seq, withReason);
    expect(queueEntrySchema.parse(await accepted.json()).state).toBe('accepted');
    // What was shown is recorded.
    expect((await readLedger(out)).at(-1)).toMatchObject({ shown: { frames: 4, perSheet: 1 } });
    expect((await cli(['verify', out, '--private'])).code).toBe(0);
    expect((await decide(seq, { decision: 'undo', initials: 'AB' })).status).toBe(200);
  });

  it('saves no animation before each frame of the last edit was shown', async () => {
    const view = await openPhoto(batch, await animation(3));
    expect(view.strip).toEqual({ frames: 3, perSheet: 1, isAnimated: true });
    const path = `photos/${view.id}`;
    const edit = { ...view.opened, shapes: view.autoShapes, attestNone: [], caption: '' };
    const change = async (destination: string) => {
      await batch.view(`${path}/edit`, photoViewSchema, put('PUT', { ...edit, destination }));
      const check = await batch.view(`${path}/check`, checkViewSchema, { method: 'POST' });
      expect(check.strip).toEqual(view.strip);
    };
    const save = async () => (await batch.call(`${path}/save`, put('POST', { hasLooked: true }))).status;
    const look = async (sheet: number) =>
      expect((await batch.call(`${path}/written/${sheet}`)).status).toBe(200);
    await change('public');
    for (const sheet of [0, 1]) await look(sheet);
    expect(await save()).toBe(409);
    await look(2);
    // What was shown was another photo.
    await change('clinical');
    expect(await save()).toBe(409);
    for (const sheet of [0, 1, 2]) await look(sheet);
    expect(await save()).toBe(200);
  });

  it('has sheets for an animation of many frames', async () => {
    const view = await openPhoto(batch, await animation(1, 13));
    expect(view.strip).toEqual({ frames: 13, perSheet: 20, isAnimated: true });
    const path = `photos/${view.id}`;
    expect((await batch.call(`${path}/before/13`)).status).toBe(500);
    expect(await sizeOf(await batch.call(`${path}/strip`))).toEqual([
      13 * STRIP_CELL.width,
      STRIP_CELL.height,
    ]);
  });
});

describe('the page', () => {
  it('counts the pages that were looked at, and accepts by keys once it is all of them', async () => {
    const { page, faults } = await visit({ height: 720 });
    await by(page, 'queue-card').first().waitFor();
    // The picture is not between a person and the decision.
    for (const id of ['accept', 'reject']) {
      const box = await by(page, id).boundingBox();
      expect(box && box.y >= 0 && box.y + box.height <= 720).toBe(true);
    }
    const count = () => by(page, 'strip-count').textContent();
    await expect.poll(count).toBe('1 of 4 pages looked at');
    await by(page, 'queue-card').first().focus();
    await page.keyboard.press('a');
    await expect.poll(() => by(page, 'notice').textContent()).toContain('look at all');
    expect((await entries())[0]?.state).toBe('review');
    // To the page that is shown, and from there to the others.
    await by(page, 'strip-cell').first().focus();
    for (const at of [1, 2, 3]) {
      await page.keyboard.press('ArrowRight');
      await page.locator(`[data-testid=sheet][data-sheet="${at}"]`).waitFor();
      await expect.poll(count).toBe(`${at + 1} of 4 pages looked at`);
    }
    expect(await page.evaluate('document.activeElement.dataset.testid')).toBe('strip-cell');
    expect(await seriousFaults(page)).toEqual([]);
    await by(page, 'accept').click();
    await by(page, 'initials').fill('AB');
    await by(page, 'initials-ok').click();
    // Seen as a whole, it still is not safe enough without a reason.
    await by(page, 'override').click();
    await by(page, 'override-reason').fill('Looked at it with the patient');
    await by(page, 'override-save').click();
    await page.locator('[data-testid=queue-card][data-state=accepted]').waitFor();
    await by(page, 'undo').click();
    await by(page, 'accept').waitFor();
    expect(faults).toEqual([]);
  });

  it.each([
    ['en-GB', 1280, 'light' as const, '1 of 3 frames looked at', '3 of 3 frames looked at'],
    ['fr-FR', 390, 'dark' as const, 'Images regardées : 1 sur 3', 'Images regardées : 3 sur 3'],
  ])('shows every frame of an animation while it is edited and before it is saved (%s)', async (...given) => {
    const [locale, width, colorScheme, first, last] = given;
    const { page, faults } = await visit({ locale, width, height: 844, colorScheme });
    expect(await fits(page)).toBe(true);
    await by(page, 'to-start').click();
    await by(page, 'drop').waitFor();
    expect(await fits(page)).toBe(true);
    const file = { name: 'moving.gif', mimeType: 'image/gif', buffer: Buffer.from(await animation(3)) };
    await by(page, 'file').setInputFiles(file);
    await ready(page);
    expect(await by(page, 'strip-cell').count()).toBe(3);
    // Whatever the size of the window and of what is in it.
    const bar = await by(page, 'save').boundingBox();
    expect(bar && bar.y + bar.height <= 844).toBe(true);
    await by(page, 'after').waitFor();
    const shown = () => by(page, 'after').getAttribute('src');
    const before = await shown();
    await by(page, 'strip-cell').nth(2).click();
    await expect.poll(shown).not.toBe(before);
    expect([await seriousFaults(page), await fits(page)]).toEqual([[], true]);
    await by(page, 'save').click();
    await by(page, 'look-dialog').waitFor();
    const dialog = by(page, 'look-dialog');
    await expect.poll(() => dialog.getByTestId('strip-count').textContent()).toBe(first);
    expect(await by(page, 'looked').isDisabled()).toBe(true);
    expect([await seriousFaults(page), await fits(page)]).toEqual([[], true]);
    for (const at of [1, 2]) {
      await by(page, 'next-sheet').click();
      await page.locator(`[data-testid=sheet][data-sheet="${at}"]`).waitFor();
    }
    await expect.poll(() => dialog.getByTestId('strip-count').textContent()).toBe(last);
    const [download] = await Promise.all([page.waitForEvent('download'), by(page, 'looked').click()]);
    expect((await sharp(readFileSync(await download.path())).metadata()).pages).toBe(3);
    expect(faults).toEqual([]);
  });
});
