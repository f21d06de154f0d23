import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatById } from '../src/formats/index.js';
import { rasterise } from '../src/imaging/rasterise.js';
import { walkContainer } from '../src/verify/index.js';
import { seriousFaults } from './support/browser.js';
import { cli, folderWithSamples, readLedger, ROOT } from './support/cli.js';
import { openPage, type Page as Server } from './support/review-server.js';
import { by, ready, visits } from './support/visit.js';

let folder: string;
let server: Server;
const sample = (name: string) => join(folder, 'samples', name);

const { visit, browser } = visits();

beforeAll(async () => {
  folder = await folderWithSamples();
  server = await openPage(join(folder, 'state'));
});
afterAll(async () => {
  await server.end();
  await rm(folder, { recursive: true, force: true });
});

describe('the page', () => {
  it('brings a newcomer from a dropped photo to a saved one in four actions', async () => {
    const { page, address, outside, faults } = await visit(server);
    expect(await page.title()).toContain('image-deid');
    expect(page.url()).toBe(`${server.origin}/`);
    expect(await page.evaluate('history.length')).toBe(2);
    expect(address).toMatch(/#[\w-]{32}$/);
    // Dropped as from a file manager.
    const bytes = readFileSync(sample('name-label.jpg')).toString('base64');
    const transfer = await page.evaluateHandle(`(() => {
      const data = new DataTransfer();
      const raw = Uint8Array.from(atob('${bytes}'), (sign) => sign.charCodeAt(0));
      data.items.add(new File([raw], 'name-label.jpg', { type: 'image/jpeg' }));
      return data;
    })()`);
    await by(page, 'drop').dispatchEvent('drop', { dataTransfer: transfer });
    await ready(page);
    expect(await by(page, 'region').count()).toBeGreaterThan(0);
    const [download] = await Promise.all([page.waitForEvent('download'), by(page, 'save').click()]);
    expect(download.suggestedFilename()).toMatch(/^[0-9a-f]{16}\.jpg$/);
    const saved = readFileSync(await download.path());
    expect(walkContainer(saved, formatById('jpeg')).status).toBe('not-found');
    expect([outside, faults]).toEqual([[], []]);
  });

  it('shows what a photo reveals, lets a person correct it, and leaves no pixel of the source under a shape', async () => {
    const { page, outside, faults, edits } = await visit(server);
    await by(page, 'file').setInputFiles(sample('phone-turned.jpg'));
    await ready(page);
    expect(await by(page, 'metadata').textContent()).toContain('23.44 N');
    const found = await by(page, 'region').count();
    await by(page, 'tool-cover').focus();
    await page.keyboard.press('Enter');
    expect(await by(page, 'region').count()).toBe(found + 1);
    await page.keyboard.press('Control+z');
    expect(await by(page, 'region').count()).toBe(found);
    await by(page, 'tool-redo').click();
    await by(page, 'destination-clinical').check();
    await by(page, 'style-solid').check({ force: true });
    const [download] = await Promise.all([page.waitForEvent('download'), by(page, 'save').click()]);
    expect(walkContainer(readFileSync(await download.path()), formatById('jpeg')).status).toBe('not-found');
    const { data, info } = await sharp(await download.path())
      .raw()
      .toBuffer({ resolveWithObject: true });
    const edit = edits.at(-1);
    expect(edit?.shapes).toHaveLength(found + 1);
    let looked = 0;
    for (const { polygon } of edit?.shapes ?? []) {
      const mask = rasterise(polygon, info);
      for (let y = 8; y < mask.height - 8; y++) {
        for (let x = 8; x < mask.width - 8; x++) {
          // A block of JPEG away from the border, where it knows nothing of what lies outside.
          const inside = [-8, 0, 8].every((dy) =>
            [-8, 0, 8].every((dx) => mask.data[(y + dy) * mask.width + x + dx] === 255),
          );
          if (!inside) continue;
          const at = ((mask.top + y) * info.width + mask.left + x) * 3;
          expect(Math.abs((data[at] as number) - 128)).toBeLessThanOrEqual(2);
          looked++;
        }
      }
    }
    expect(looked).toBeGreaterThan(1000);
    expect([outside, faults]).toEqual([[], []]);
  });

  it('keeps a lesion that was marked, and says why not when the risk is too high', async () => {
    const { page } = await visit(server);
    await by(page, 'file').setInputFiles(sample('phone-turned.jpg'));
    await ready(page);
    await by(page, 'tool-keep').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('[data-testid=region][data-kind=keep]').count()).toBe(1);
    // The first face is not to be hidden.
    await by(page, 'remove').first().click();
    await by(page, 'save').click();
    await by(page, 'blocked-dialog').waitFor();
    expect(await by(page, 'gate-reasons').textContent()).not.toBe('');
    expect(await seriousFaults(page)).toEqual([]);
    await by(page, 'override').click();
    const records = join(folder, 'state/image-deid/overrides.jsonl');
    await by(page, 'override-reason').fill('Seen with Dr Martha Example on 14 March 2024');
    await by(page, 'override-save').click();
    await by(page, 'reason-confirm').waitFor();
    const found = await by(page, 'reason-found').textContent();
    expect(['Martha Example', '14 March 2024'].map((part) => found?.includes(part))).toEqual([true, true]);
    expect(existsSync(records)).toBe(false);
    expect(await seriousFaults(page)).toEqual([]);
    await by(page, 'reason-change').click();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
    await by(page, 'override-reason').fill('The person is the photographer');
    const [download] = await Promise.all([page.waitForEvent('download'), by(page, 'override-save').click()]);
    expect(statSync(await download.path()).size).toBeGreaterThan(0);
    expect(readFileSync(records, 'utf8')).toContain('The person is the photographer');
    expect(readFileSync(records, 'utf8')).not.toContain('Martha');
  });

  it.each([
    ['en-GB', 'en', 1280],
    ['fr-FR', 'fr', 390],
  ])('speaks the language of %s, and axe finds nothing serious', async (locale, language, width) => {
    const { page, faults } = await visit(server, { locale, width, height: 844 });
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    await by(page, 'drop').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await by(page, 'file').setInputFiles(sample('inked-forearm.jpg'));
    await ready(page);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await by(page, 'save').click();
    // A tattoo for the public: a person has to look.
    await by(page, 'look-dialog').waitFor();
    // It shows the file that would be saved.
    await by(page, 'written').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    const [download] = await Promise.all([page.waitForEvent('download'), by(page, 'looked').click()]);
    expect(download.suggestedFilename()).toMatch(/^[0-9a-f]{16}\.jpg$/);
    expect(faults).toEqual([]);
  });

  it('covers further when asked to, and shows the frame of a crop', async () => {
    const { page, edits, faults } = await visit(server);
    await by(page, 'file').setInputFiles(sample('name-label.jpg'));
    await ready(page);
    const heights = () =>
      page.evaluate<number[]>(
        // Each line of a label, not all of them together.
        `[...document.querySelectorAll('[data-testid=region] .region-halo polygon')].map((line) => line.getBBox().height)`,
      );
    const usual = await heights();
    await page.locator('label', { has: by(page, 'extent-wide') }).click();
    await expect.poll(async () => Math.max(...(await heights()))).toBeGreaterThan(Math.max(...usual) * 1.3);
    // Outlines that grow into each other become one; none is left beside its wider self.
    expect(await by(page, 'region').count()).toBeLessThanOrEqual(usual.length);
    const told = () =>
      Math.max(
        ...(edits.at(-1)?.shapes ?? []).map(({ polygon }) => {
          const ys = polygon.map(([, y]) => y);
          return Math.max(...ys) - Math.min(...ys);
        }),
      );
    await expect.poll(told).toBeCloseTo(Math.max(...(await heights())), 3);
    expect(edits.at(-1)?.extent).toBe('wide');
    expect(await by(page, 'crop-frame').count()).toBe(0);
    await by(page, 'tool-keep').focus();
    await page.keyboard.press('Enter');
    await by(page, 'crop').check();
    await by(page, 'crop-frame').waitFor({ state: 'attached' });
    expect(await by(page, 'crop-size').textContent()).toMatch(/\d+ × \d+ pixels/);
    expect(await seriousFaults(page)).toEqual([]);
    await by(page, 'crop').uncheck();
    await by(page, 'crop-frame').waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
  });

  it('goes on when a photo kills the process that holds it', async () => {
    const { page, faults } = await visit(server);
    await by(page, 'file').setInputFiles(sample('name-label.jpg'));
    await ready(page);
    await by(page, 'after').waitFor();
    await page.waitForLoadState('networkidle');
    const [pid = 0] = server.workers();
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => server.workers()).not.toContain(pid);
    // Its next sign of life may tell the page before anybody clicks.
    const noticed = by(page, 'drop').waitFor();
    await Promise.race([noticed, page.locator('label', { has: by(page, 'style-solid') }).click()]);
    await noticed;
    expect(await by(page, 'notice').textContent()).toContain('no longer held');
    await by(page, 'file').setInputFiles(sample('name-label.jpg'));
    await ready(page);
    expect(await by(page, 'region').count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });

  it('tells anybody without a token that they have none, and drops the photo with the page', async () => {
    const { page, ids } = await visit(server);
    await by(page, 'file').setInputFiles(sample('name-label.jpg'));
    await ready(page);
    await by(page, 'style-solid').check({ force: true });
    await expect.poll(() => ids.length).toBeGreaterThan(0);
    const statusOf = async () => (await server.call(`photos/${ids[0] ?? ''}/before/0`)).status;
    expect(await statusOf()).toBe(200);
    await page.goto('about:blank');
    await expect.poll(statusOf).toBe(404);
    const stranger = await browser().newPage();
    await stranger.goto(`${server.origin}/`);
    await stranger.getByText('image-deid review').waitFor();
    expect(await stranger.getByTestId('drop').count()).toBe(0);
    await stranger.close();
  });

  it('weighs less than 300 KB', () => {
    const web = join(ROOT, 'dist/review/web');
    const sizes = readdirSync(web, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => gzipSync(readFileSync(join(entry.parentPath, entry.name))).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300_000);
  });
});

describe('the queue of a batch', () => {
  it('is worked through with the keyboard, and the ledger holds what was decided', async () => {
    await mkdir(join(folder, 'in'));
    for (const name of ['inked-forearm.jpg', 'phone-turned.jpg']) {
      await writeFile(join(folder, 'in', name), readFileSync(sample(name)));
      await writeFile(join(folder, 'in', `${name}.keep.json`), '{"keep": [[4, 250, 30, 20]]}');
    }
    const out = join(folder, 'out');
    expect((await cli(['run', join(folder, 'in'), '--out', out])).code).toBe(3);
    const batch = await openPage(join(folder, 'state'), out);
    try {
      const { page, outside, faults, edits } = await visit(batch);
      await by(page, 'queue-card').first().waitFor();
      const waiting = await by(page, 'queue-card').count();
      expect(waiting).toBe(2);
      expect(await seriousFaults(page)).toEqual([]);
      const state = (of: string) => page.locator(`[data-testid=queue-card][data-state=${of}]`);
      await by(page, 'reject').click();
      await by(page, 'initials').fill('AB');
      await by(page, 'initials-ok').click();
      await state('rejected').waitFor();
      await by(page, 'queue-card').first().click();
      await page.keyboard.press('u');
      await state('rejected').waitFor({ state: 'detached' });
      expect((await cli(['verify', out, '--private'])).code).toBe(0);

      await by(page, 'queue-card').first().click();
      await page.keyboard.press('e');
      await ready(page);
      // What is kept beside the photo is marked already.
      await expect.poll(() => edits.at(-1)?.keep).toEqual([{ x: 4, y: 250, width: 30, height: 20 }]);
      await by(page, 'tool-cover').focus();
      await page.keyboard.press('Enter');
      // The run was for the public: anything laxer asks for a reason.
      await by(page, 'destination-clinical').check();
      await expect.poll(() => by(page, 'run-limits').getAttribute('class')).toContain('is-exceeded');
      expect(await seriousFaults(page)).toEqual([]);
      await by(page, 'save').click();
      await by(page, 'laxer').waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await by(page, 'override').click();
      await by(page, 'override-reason').fill('For the treating team alone');
      await by(page, 'override-save').click();
      await state('accepted').waitFor();
      expect(await by(page, 'laxer-badge').first().textContent()).toContain('The treating team');
      expect(await seriousFaults(page)).toEqual([]);
      expect((await cli(['verify', out, '--private'])).code).toBe(0);
      const decisions = (await readLedger(out)).filter(({ decisionOf }) => decisionOf !== undefined);
      expect(decisions.map(({ outcome, reviewer }) => [outcome, reviewer])).toEqual([
        ['refused', 'AB'],
        ['review', 'AB'],
        ['cleared', 'AB'],
      ]);
      expect([outside, faults]).toEqual([[], []]);
    } finally {
      await batch.end();
    }
  });
});
