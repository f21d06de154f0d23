import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFaults } from './support/browser.js';
import { folderWithSamples } from './support/cli.js';
import { openPage, type Page as Server } from './support/review-server.js';
import { by, ready, visits, type VisitOptions } from './support/visit.js';

/** A busy machine takes its time. */
const PATIENT = { timeout: 30_000 };

let folder: string;
let server: Server;
const sample = (name: string) => join(folder, 'samples', name);

const { visit: visitServer } = visits();

beforeAll(async () => {
  folder = await folderWithSamples();
  await writeFile(sample('notes.txt'), 'no photo');
  server = await openPage(join(folder, 'state'));
});
afterAll(async () => {
  await server.end();
  await rm(folder, { recursive: true, force: true });
});

const visit = (options?: VisitOptions) => visitServer(server, options);

/** Opens a photo and waits until it was looked at thoroughly. */
async function open(page: Page, ...names: string[]) {
  await by(page, 'file').setInputFiles(names.map(sample));
  await ready(page);
}

/** What a person does who drags a file onto the page, or pastes one. */
async function give(page: Page, how: 'drop' | 'paste', name: string) {
  const bytes = readFileSync(sample(name)).toString('base64');
  await page.evaluate(`{
    const data = new DataTransfer();
    const raw = Uint8Array.from(atob('${bytes}'), (sign) => sign.charCodeAt(0));
    data.items.add(new File([raw], '${name}', { type: 'image/jpeg' }));
    const event = '${how}' === 'drop'
      ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
      : new ClipboardEvent('paste', { clipboardData: data, bubbles: true });
    document.body.dispatchEvent(event);
  }`);
}

const seen = (page: Page, testId: string) => {
  const height = page.viewportSize()?.height ?? 0;
  return by(page, testId)
    .boundingBox()
    .then((box) => box !== null && box.y >= 0 && box.y + box.height <= height);
};
const itemsAre = (page: Page, states: readonly string[]) =>
  expect.poll(() => items(page), PATIENT).toEqual(states);
const items = (page: Page) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('[data-testid=line-item]')].map((item) => item.dataset.state)`,
  );

describe('work is not lost', () => {
  it('asks before a changed photo is left, and not before an untouched one is', async () => {
    const { page, faults } = await visit();
    await open(page, 'name-label.jpg');
    await by(page, 'leave').click();
    await by(page, 'drop').waitFor();
    await open(page, 'name-label.jpg');
    await page.locator('label', { has: by(page, 'style-solid') }).click();
    await by(page, 'leave').click();
    await by(page, 'leave-dialog').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    // The harmless answer has the focus.
    expect(await page.evaluate('document.activeElement.dataset.testid')).toBe('leave-stay');
    await page.keyboard.press('Escape');
    await by(page, 'leave-dialog').waitFor({ state: 'detached' });
    expect(await by(page, 'style-solid').isChecked()).toBe(true);
    await by(page, 'leave').click();
    await by(page, 'leave-go').click();
    await by(page, 'drop').waitFor();
    expect(faults).toEqual([]);
  });

  it('asks before the page with a changed photo is reloaded', async () => {
    const { page } = await visit();
    await open(page, 'name-label.jpg');
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      dialog.dismiss().catch(() => undefined);
    });
    await page.locator('label', { has: by(page, 'style-solid') }).click();
    await page.evaluate('void setTimeout(() => location.reload())');
    await expect.poll(() => asked, PATIENT).toEqual(['beforeunload']);
    expect(await by(page, 'style-solid').isChecked()).toBe(true);
    await by(page, 'tool-undo').click();
    // Nothing is left that could be lost.
    await page.evaluate('void setTimeout(() => location.reload())');
    await by(page, 'drop').waitFor();
    expect(asked).toEqual(['beforeunload']);
  });

  it.each(['drop', 'paste'] as const)('asks when a photo comes by %s while one is open', async (how) => {
    const { page, faults } = await visit();
    await open(page, 'name-label.jpg');
    await by(page, 'caption').fill('Three weeks after treatment');
    await give(page, how, 'inked-forearm.jpg');
    await by(page, 'leave-dialog').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await by(page, 'leave-stay').click();
    expect(await by(page, 'caption').inputValue()).toBe('Three weeks after treatment');
    await give(page, how, 'inked-forearm.jpg');
    await by(page, 'leave-later').click();
    expect(await by(page, 'caption').inputValue()).toBe('Three weeks after treatment');
    await itemsAre(page, ['open', 'waiting']);
    await give(page, how, 'phone-turned.jpg');
    await by(page, 'leave-go').click();
    await itemsAre(page, ['left', 'open', 'waiting']);
    await ready(page);
    expect(await by(page, 'line-item').nth(1).textContent()).toContain('phone-turned');
    expect(await by(page, 'caption').inputValue()).toBe('');
    expect(faults).toEqual([]);
  });

  it('undoes who will see it, how and how far it is covered, and the caption, in one row', async () => {
    const { page, edits } = await visit();
    await open(page, 'name-label.jpg');
    await by(page, 'destination-clinical').check({ force: true });
    await by(page, 'style-solid').check({ force: true });
    await by(page, 'extent-wide').check({ force: true });
    await by(page, 'caption').pressSequentially('Ten days');
    await by(page, 'remove').first().click();
    const state = async () => [
      await by(page, 'destination-clinical').isChecked(),
      await by(page, 'style-solid').isChecked(),
      await by(page, 'extent-wide').isChecked(),
      await by(page, 'caption').inputValue(),
      await by(page, 'left-row').count(),
    ];
    const all = [true, true, true, 'Ten days', 1];
    expect(await state()).toEqual(all);
    const back = [
      [true, true, true, 'Ten days', 0],
      [true, true, true, '', 0],
      [true, true, false, '', 0],
      [true, false, false, '', 0],
      [false, false, false, '', 0],
    ];
    for (const before of back) {
      await by(page, 'tool-undo').click();
      expect(await state()).toEqual(before);
    }
    await expect.poll(() => edits.at(-1)?.destination, PATIENT).toBe('public');
    for (const after of [...back.slice(0, -1).reverse(), all]) {
      await by(page, 'tool-redo').click();
      expect(await state()).toEqual(after);
    }
  });

  it('keeps what was uncovered in the list, with its price, and covers it again', async () => {
    const { page, faults } = await visit();
    await open(page, 'name-label.jpg');
    const found = await by(page, 'region').count();
    const risk = () => by(page, 'risk-after').textContent();
    const covered = await risk();
    await by(page, 'remove').first().click();
    expect(await by(page, 'region').count()).toBe(found - 1);
    await expect
      .poll(() => by(page, 'left-row').textContent(), PATIENT)
      .toMatch(/Raises the risk from .* to /);
    const [, from, to] = /from (.*) to (.*)\./.exec((await by(page, 'left-row').textContent()) ?? '') ?? [];
    expect([from, to]).toEqual([covered, await risk()]);
    expect(await seriousFaults(page)).toEqual([]);
    // Looked at anew, the tool finds it again; it stays away.
    await page.locator('label', { has: by(page, 'extent-wide') }).click();
    await expect.poll(() => by(page, 'left-row').textContent(), PATIENT).toMatch(/Raises the risk/);
    await by(page, 'put-back').click();
    await by(page, 'left-visible').waitFor({ state: 'detached' });
    expect(await by(page, 'region').count()).toBe(found);
    await page.locator('label', { has: by(page, 'extent-usual') }).click();
    await expect.poll(risk, PATIENT).toBe(covered);
    expect(faults).toEqual([]);
  });
});

describe('several photos', () => {
  it.each([
    ['en-GB', 1280, 720],
    ['fr-FR', 390, 844],
  ])('are saved one after the other (%s)', async (locale, width, height) => {
    const { page, faults } = await visit({ locale, width, height });
    await open(page, 'name-label.jpg', 'notes.txt', 'phone-turned.jpg');
    await by(page, 'line').locator('summary').click();
    expect(await items(page)).toEqual(['open', 'waiting', 'waiting']);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await Promise.all([page.waitForEvent('download'), by(page, 'save').click()]);
    await by(page, 'next-photo').waitFor();
    expect(await by(page, 'save-state').textContent()).toMatch(/Downloads|Téléchargements/);
    expect(await seriousFaults(page)).toEqual([]);
    await by(page, 'next-photo').click();
    // What is no photo is told and passed over.
    await itemsAre(page, ['saved', 'failed', 'open']);
    expect(await by(page, 'notice').textContent()).not.toBe('');
    await ready(page);
    await by(page, 'notice').getByRole('button').click();
    await by(page, 'leave').click();
    await by(page, 'drop').waitFor();
    expect(await items(page)).toEqual(['saved', 'failed', 'left']);
    expect(faults).toEqual([]);
  });

  it('can be skipped, and go on after a break', async () => {
    const { page } = await visit();
    await open(page, 'name-label.jpg', 'inked-forearm.jpg', 'phone-turned.jpg');
    await by(page, 'line-next').click();
    await itemsAre(page, ['left', 'open', 'waiting']);
    await by(page, 'leave').click();
    await by(page, 'drop').waitFor();
    await by(page, 'line-next').click();
    await itemsAre(page, ['left', 'left', 'open']);
    // The looks at those that were skipped end first.
    await page.locator('[data-testid=photo][data-state=ready]').waitFor({ timeout: 120_000 });
  });
});

describe('a photo in a window of 1280 × 720', () => {
  it('shows who will see it, the verdict and the button without scrolling, and remembers who', async () => {
    const { context, page } = await visit({ height: 720 });
    await open(page, 'name-label.jpg');
    for (const id of ['destination-public', 'destination-clinical', 'verdict', 'save']) {
      expect([id, await seen(page, id)]).toEqual([id, true]);
    }
    await by(page, 'destination-clinical').check({ force: true });
    await expect.poll(() => by(page, 'verdict').textContent(), PATIENT).toContain('The treating team');
    await expect
      .poll(() => {
        try {
          return readFileSync(join(folder, 'state/image-deid/page.json'), 'utf8');
        } catch {
          return '';
        }
      }, PATIENT)
      .toBe('{"destination":"clinical"}');
    // Another tab, another day.
    const other = await context.newPage();
    await other.goto(await server.newAddress());
    await open(other, 'name-label.jpg');
    expect(await by(other, 'destination-clinical').isChecked()).toBe(true);
    expect(await other.evaluate('localStorage.length')).toBe(0);
  });

  it('changes its language, and nothing else', async () => {
    const { page, faults } = await visit({ height: 720 });
    await open(page, 'name-label.jpg');
    await by(page, 'caption').fill('Mrs Martha Example');
    await by(page, 'language').click();
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    expect(await page.title()).toContain('Anonymiser');
    expect(await by(page, 'save').textContent()).toBe('Enregistrer');
    expect(await by(page, 'caption').inputValue()).toBe('Mrs Martha Example');
    expect(await by(page, 'verdict').textContent()).toContain('Tout le monde');
    expect(await seriousFaults(page)).toEqual([]);
    await by(page, 'tool-undo').click();
    page.on('dialog', (dialog) => {
      dialog.accept().catch(() => undefined);
    });
    await page.reload();
    await by(page, 'drop').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    await by(page, 'language').click();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(faults).toEqual([]);
  });
});
