import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Download, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Box } from '../src/core/geometry.js';
import type { PixelImage } from '../src/core/image.js';
import { cropAroundKeep } from '../src/fit/index.js';
import type { Edit } from '../src/review/api.js';
import { seriousFaults } from './support/browser.js';
import { temporaryFolder } from './support/cli.js';
import { asPng, PORTRAIT, portraitPhoto } from './support/portrait.js';
import { openPage, type Page as Server } from './support/review-server.js';
import { by, ready, visits, type VisitOptions } from './support/visit.js';

let folder: string;
let server: Server;
let portrait: PixelImage;

const { visit } = visits();

beforeAll(async () => {
  folder = await temporaryFolder();
  portrait = await portraitPhoto();
  server = await openPage(join(folder, 'state'));
});
afterAll(async () => {
  await server.end();
  await rm(folder, { recursive: true, force: true });
});

/** Opens a portrait in a page of its own. */
async function opened(options: VisitOptions = {}, photo = portrait) {
  const visited = await visit(server, options);
  const { page } = visited;
  const buffer = await asPng(photo);
  await by(page, 'file').setInputFiles({ name: 'portrait.png', mimeType: 'image/png', buffer });
  await by(page, 'guide-yes').waitFor();
  return visited;
}

/** Marks a region with the mouse. */
async function draw(page: Page, { x, y, width, height }: Box): Promise<void> {
  const place = await by(page, 'regions').boundingBox();
  if (!place) throw new Error('There is no picture');
  const at = (px: number, py: number) =>
    [place.x + (px / portrait.width) * place.width, place.y + (py / portrait.height) * place.height] as const;
  await page.mouse.move(...at(x, y));
  await page.mouse.down();
  await page.mouse.move(...at(x + width, y + height), { steps: 3 });
  await page.mouse.up();
}

async function pixelsOf(saved: Download): Promise<PixelImage> {
  const { data, info } = await sharp(readFileSync(await saved.path()))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}

async function save(page: Page, act: () => Promise<void>): Promise<PixelImage> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return pixelsOf(download);
}

/** The colours of a part, row by row. */
function part({ width, channels, data }: PixelImage, box: Box): number[] {
  return Array.from({ length: box.height }, (_, row) => {
    const from = ((box.y + row) * width + box.x) * channels;
    return [...data.subarray(from, from + box.width * channels)];
  }).flat();
}

/** How far the brightness of a part varies: the standard deviation. */
function contrast(image: PixelImage, box: Box): number {
  const colours = part(image, box);
  const values = Array.from(
    { length: box.width * box.height },
    (_, i) => colours.slice(3 * i, 3 * i + 3).reduce((sum, value) => sum + value, 0) / 3,
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function expectEyesCovered(saved: PixelImage): void {
  for (const eye of PORTRAIT.eyes) expect(contrast(saved, eye)).toBeLessThan(contrast(portrait, eye) / 4);
}

/** How many values of a part changed. @param origin where a crop begins */
function changed(saved: PixelImage, box: Box, origin: Pick<Box, 'x' | 'y'> = { x: 0, y: 0 }): number {
  const before = part(portrait, box);
  const after = part(saved, { ...box, x: box.x - origin.x, y: box.y - origin.y });
  return after.filter((value, i) => value !== before[i]).length;
}

const keepOf = (edits: readonly Edit[]): Box => {
  const [keep] = edits.at(-1)?.keep ?? [];
  if (!keep) throw new Error('Nothing is kept');
  return keep;
};

it('leaves the skin of a face and covers its features, in four actions from the drop', async () => {
  const { page, outside, faults, edits } = await opened();
  // The settings are no part of it: they are asked of every photo.
  await by(page, 'destination-clinical').check();
  expect(await by(page, 'guide').textContent()).toContain('Is what you want to show on the face?');
  expect(await seriousFaults(page)).toEqual([]);
  await by(page, 'guide-yes').click();
  // The lesion is looked for on the original.
  await expect.poll(() => by(page, 'compare').inputValue()).toBe('100');
  await draw(page, PORTRAIT.cheek);
  await by(page, 'way-skin').waitFor();
  await ready(page);
  await expect.poll(() => by(page, 'way-skin').textContent()).toContain('The treating team');
  const risks = await page.getByTestId(/^way-/).allTextContents();
  expect(risks.map((text) => /Risk [\d.]+%/.test(text))).toEqual([true, true, true]);
  expect(await page.locator('.is-advised').count()).toBe(1);
  expect(await by(page, 'keep-notes').count()).toBe(0);
  expect(await seriousFaults(page)).toEqual([]);
  await by(page, 'way-skin').click();
  await expect.poll(() => edits.at(-1)?.faces).toBe('features');
  const saved = await save(page, () => by(page, 'save').click());
  expect([saved.width, saved.height]).toEqual([portrait.width, portrait.height]);
  expect(changed(saved, keepOf(edits))).toBe(0);
  // So does skin that nobody marked.
  expect(changed(saved, { x: 300, y: 190, width: 60, height: 30 })).toBe(0);
  expectEyesCovered(saved);
  expect([outside, faults]).toEqual([[], []]);
});

it('leaves the patch alone, by keys, in French, on a phone in the dark', async () => {
  const { page, faults, edits } = await opened({
    locale: 'fr-FR',
    width: 390,
    height: 844,
    colorScheme: 'dark',
  });
  await by(page, 'destination-clinical').focus();
  await page.keyboard.press('Space');
  expect(await by(page, 'guide').textContent()).toContain('Ce que vous voulez montrer est-il sur le visage');
  expect(await seriousFaults(page)).toEqual([]);
  await by(page, 'guide-yes').focus();
  await page.keyboard.press('Enter');
  const mark = page.locator('[data-testid=region][data-kind=keep]');
  await mark.and(page.locator(':focus')).waitFor();
  await expect.poll(() => edits.at(-1)?.keep.length).toBe(1);
  const before = keepOf(edits);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Shift+ArrowUp');
  await expect.poll(() => keepOf(edits).width).toBeLessThan(before.width);
  await expect.poll(() => keepOf(edits).height).toBeLessThan(before.height);
  expect(keepOf(edits).x).toBeGreaterThan(before.x);
  expect(keepOf(edits).y).toBeLessThan(before.y);
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await by(page, 'way-patch').waitFor();
  await ready(page);
  const focused = () => page.evaluate<string>('document.activeElement.className');
  await expect.poll(focused).toContain('is-advised');
  expect(await by(page, 'way-patch').textContent()).toContain('Seulement cette zone');
  expect(await seriousFaults(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await by(page, 'way-patch').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => edits.at(-1)?.cropToKeep).toBe(true);
  await ready(page);
  expect(await page.evaluate('document.activeElement.dataset.testid')).toBe('save');
  const saved = await save(page, () => page.keyboard.press('Enter'));
  const keep = keepOf(edits);
  const crop = cropAroundKeep([keep], portrait);
  if (!crop) throw new Error('Nothing is cropped');
  expect([saved.width, saved.height]).toEqual([crop.width, crop.height]);
  expect(changed(saved, keep, crop)).toBe(0);
  const around = { x: crop.x, y: keep.y, width: keep.x - crop.x, height: keep.height };
  expect(changed(saved, around, crop)).toBeGreaterThan(around.width * around.height * 2);
  expect(faults).toEqual([]);
});

it('treats a portrait as any photo when the lesion is elsewhere, and asks about no other photo', async () => {
  const { page, edits } = await opened();
  await by(page, 'destination-clinical').check();
  await by(page, 'guide-no').click();
  await ready(page);
  expect(await by(page, 'guide').count()).toBe(0);
  await expect.poll(() => edits.at(-1)?.destination).toBe('clinical');
  expect(edits.at(-1)).toMatchObject({ faces: 'whole', keep: [], cropToKeep: false });
  // The same face in a larger photo.
  const { width, height } = portrait;
  const larger = await sharp(await asPng(portrait))
    .extend({ right: width, bottom: height, background: '#7a8490' })
    .png()
    .toBuffer();
  await by(page, 'leave').click();
  await by(page, 'leave-go').click();
  await by(page, 'file').setInputFiles({ name: 'two.png', mimeType: 'image/png', buffer: larger });
  await ready(page);
  expect(await by(page, 'region').count()).toBeGreaterThan(0);
  expect(await by(page, 'guide').count()).toBe(0);
});

it('covers everything, tells of a mark on a feature, and takes the pieces of a head for one region', async () => {
  const { page, edits, faults } = await opened();
  await by(page, 'guide-yes').click();
  await draw(page, PORTRAIT.eyes[0]);
  await by(page, 'way-covered').waitFor();
  await by(page, 'keep-notes').waitFor();
  const told = await by(page, 'keep-notes').textContent();
  expect(told).toContain('eye');
  expect(told).toContain('Move the mark or make it smaller');
  expect(await seriousFaults(page)).toEqual([]);
  await by(page, 'way-covered').click();
  await expect.poll(() => edits.at(-1)?.keep).toEqual([]);
  await by(page, 'keep-notes').waitFor({ state: 'detached' });

  await page.locator('label', { has: by(page, 'faces-features') }).click();
  await expect.poll(() => edits.at(-1)?.faces).toBe('features');
  await expect
    .poll(() => (edits.at(-1)?.shapes ?? []).filter(({ group }) => group !== undefined).length)
    // Sent with the next edit.
    .toBeGreaterThan(10);
  expect(await by(page, 'region').count()).toBe(1);
  expect(await by(page, 'region-row').count()).toBe(1);
  await by(page, 'region').focus();
  await page.keyboard.press('ArrowLeft');
  expect(await by(page, 'region-row').textContent()).toContain('it cannot be moved or resized');
  await page.keyboard.press('Delete');
  await expect.poll(() => edits.at(-1)?.shapes).toEqual([]);
  expect(await by(page, 'region').count()).toBe(0);
  await page.keyboard.press('Control+z');
  expect(await by(page, 'region').count()).toBe(1);
  await expect.poll(() => edits.at(-1)?.shapes.length).toBeGreaterThan(10);
  expect(faults).toEqual([]);
});

it('says why the skin cannot stay where a face is not seen well enough', async () => {
  const data = Uint8Array.from(portrait.data);
  // Something before the mouth.
  data.fill(30, portrait.width * 505 * 3, portrait.width * 610 * 3);
  const { page } = await opened({}, { ...portrait, data });
  await by(page, 'guide-yes').click();
  await draw(page, PORTRAIT.cheek);
  await by(page, 'way-skin').waitFor();
  expect(await by(page, 'way-skin').getAttribute('aria-disabled')).toBe('true');
  expect(await by(page, 'way-skin').textContent()).toContain('Not possible here. A face is covered whole');
  await by(page, 'way-skin').click({ force: true });
  expect(await by(page, 'guide').getAttribute('data-step')).toBe('choose');
});
