import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFaults } from './support/browser.js';
import { folderWithSamples } from './support/cli.js';
import { openPage, type Page as Server } from './support/review-server.js';
import { by, ready, visits, type VisitOptions } from './support/visit.js';

let folder: string;
let server: Server;

const { visit } = visits();

beforeAll(async () => {
  folder = await folderWithSamples();
  server = await openPage(join(folder, 'state'));
});
afterAll(async () => {
  await server.end();
  await rm(folder, { recursive: true, force: true });
});

async function open(name: string, options: VisitOptions = {}) {
  const visited = await visit(server, options);
  await by(visited.page, 'file').setInputFiles(join(folder, 'samples', name));
  await ready(visited.page);
  return visited;
}

describe('the number that the page shows', () => {
  it('follows what a person states, until less is covered, and says what it means', async () => {
    const { page, edits, faults } = await open('phone-turned.jpg', { width: 390, colorScheme: 'dark' });
    const risk = async () => parseFloat((await by(page, 'risk-after').textContent()) ?? '');
    const before = await risk();
    await by(page, 'looked-none').focus();
    await page.keyboard.press('Space');
    await expect.poll(risk).toBeLessThan(before);
    expect(edits.at(-1)?.attestNone).toEqual(['face', 'tattoo', 'text', 'code']);
    await by(page, 'meaning').locator('summary').click();
    expect(await by(page, 'meaning').textContent()).toContain('about 9 of 100');
    expect(await seriousFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await by(page, 'tool-cover').focus();
    await page.keyboard.press('Enter');
    // More is covered: the statement stands.
    await expect.poll(() => edits.at(-1)?.shapes.some(({ id }) => id.startsWith('own-'))).toBe(true);
    expect(await by(page, 'looked-none').isChecked()).toBe(true);
    await by(page, 'remove').first().click();
    await expect.poll(() => by(page, 'looked-none').isChecked()).toBe(false);
    expect(await by(page, 'notice').textContent()).toContain('look again');
    await expect.poll(() => edits.at(-1)?.attestNone).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('is the same in the panel as in the dialog of the full check', async () => {
    const { page } = await open('phone-turned.jpg');
    await by(page, 'remove').first().click();
    await by(page, 'save').click();
    await by(page, 'blocked-dialog').waitFor();
    const shown = await by(page, 'risk-after').textContent();
    expect(await by(page, 'blocked-dialog').textContent()).toContain(`risk is ${shown ?? '?'};`);
    await by(page, 'go-back').click();
    expect(await by(page, 'risk-after').textContent()).toBe(shown);
  });

  it('is never higher after than before', async () => {
    const { page } = await open('name-label.jpg');
    const numbers = ['risk-before', 'risk-after'].map(async (id) =>
      parseFloat((await by(page, id).textContent()) ?? ''),
    );
    const [before = 0, after = 1] = await Promise.all(numbers);
    expect(before).toBeGreaterThanOrEqual(after);
  });

  it('does not offer first to save a photo that is covered whole', async () => {
    const { page } = await open('name-label.jpg');
    await by(page, 'tool-cover').click();
    const box = await by(page, 'regions').boundingBox();
    if (!box) throw new Error('Expected the photo');
    await page.mouse.move(box.x + 1, box.y + 1);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 1, box.y + box.height - 1, { steps: 4 });
    await page.mouse.up();
    await by(page, 'save').click();
    await by(page, 'look-dialog').waitFor();
    const buttons = by(page, 'look-dialog').locator('.modal-actions button');
    expect(await buttons.first().getAttribute('data-testid')).toBe('go-back');
    expect(await buttons.first().getAttribute('class')).toContain('button-main');
    expect(await buttons.last().getAttribute('class')).not.toContain('button-main');
  });
});
