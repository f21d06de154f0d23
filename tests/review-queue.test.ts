import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { othersSchema, queueViewSchema } from '../src/review/api.js';
import { seriousFaults } from './support/browser.js';
import { cli, folderWithSamples, readLedger } from './support/cli.js';
import { openPage, type Page as Server } from './support/review-server.js';
import { by, ready, visits, type VisitOptions } from './support/visit.js';

let folder: string;
let out: string;
let server: Server;

const { visit: visitServer } = visits();

/** Two photos of a tattoo, one that is cleared, and one that is none. */
beforeAll(async () => {
  folder = await folderWithSamples();
  out = join(folder, 'out');
  const source = join(folder, 'in');
  await mkdir(source);
  const forearm = readFileSync(join(folder, 'samples/inked-forearm.jpg'));
  await writeFile(join(source, 'arm-10.jpg'), forearm);
  await writeFile(join(source, 'arm-9.jpg'), forearm);
  await writeFile(join(source, 'label.jpg'), readFileSync(join(folder, 'samples/name-label.jpg')));
  await writeFile(join(source, 'broken.jpg'), 'no photo');
  await cli(['run', source, '--out', out]);
  server = await openPage(join(folder, 'state'), out);
});
afterAll(async () => {
  await server.end();
  await rm(folder, { recursive: true, force: true });
});

async function visit(options: VisitOptions = {}) {
  const visited = await visitServer(server, options);
  await by(visited.page, 'queue-card').first().waitFor();
  return visited;
}

describe('the server of the queue', () => {
  it('names the sources, and lists what the tool cleared or refused', async () => {
    const { entries } = await server.view('queue', queueViewSchema);
    expect(entries.map(({ name }) => name).sort()).toEqual(['arm-10.jpg', 'arm-9.jpg']);
    const others = await server.view('queue/others', othersSchema);
    expect(others.map(({ name, state }) => [name, state]).sort()).toEqual([
      ['broken.jpg', 'refused'],
      ['label.jpg', 'cleared'],
    ]);
    const statusOf = async (name: string, what: string) => {
      const seq = [...entries, ...others].find((entry) => entry.name === name)?.seq ?? 0;
      const answer = await server.call(`queue/${seq}/${what}`);
      return [answer.status, answer.headers.get('content-type')?.split(';')[0]];
    };
    expect(await statusOf('arm-9.jpg', 'original')).toEqual([200, 'image/jpeg']);
    expect(await statusOf('label.jpg', 'picture')).toEqual([200, 'image/jpeg']);
    expect(await statusOf('label.jpg', 'original')).toEqual([200, 'image/jpeg']);
    expect(await statusOf('broken.jpg', 'original')).toEqual([422, 'application/json']);
    // Nobody decides here about what the tool did not send to review.
    for (const { seq } of others) {
      const body = JSON.stringify({ decision: 'accept', initials: 'AB' });
      expect((await server.call(`queue/${seq}/decision`, { method: 'POST', body })).status).toBe(400);
    }
  });
});

describe('the queue', () => {
  it('shows original beside result, larger, by keys, and what the tool cleared and refused', async () => {
    const { page, faults } = await visit({ width: 1280, height: 720 });
    await by(page, 'queue-card').first().click();
    await page.keyboard.press('c');
    await by(page, 'figure-original').locator('img').waitFor();
    await by(page, 'figure-picture').locator('img').waitFor();
    await page.keyboard.press('+');
    expect(await by(page, 'figure-original').getAttribute('data-zoom')).toBe('2');
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('-');
    const shown = await by(page, 'accept').boundingBox();
    expect((shown?.y ?? 720) + (shown?.height ?? 0)).toBeLessThanOrEqual(720);
    await by(page, 'filter-sort').selectOption('name');
    expect(await by(page, 'queue-card').locator('.queue-name').allTextContents()).toEqual([
      'arm-9.jpg',
      'arm-10.jpg',
    ]);
    // The limits of the destinations are what the filter asks about.
    expect(await by(page, 'filter-risk').locator('option').allTextContents()).toEqual([
      'All',
      'up to 9%',
      'above 9%, up to 20%',
      'above 20%, up to 33%',
      'above 33%',
    ]);
    await by(page, 'filter-state').selectOption('refused');
    await page.getByText('broken.jpg').first().waitFor();
    expect(await by(page, 'notice').textContent()).toBe('');
    expect(await seriousFaults(page)).toEqual([]);
    await by(page, 'filter-state').selectOption('cleared');
    await page.getByText('label.jpg').first().waitFor();
    expect(await by(page, 'accept').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('accepts photos with the same reasons together, after a look at each', async () => {
    const { page, faults } = await visit({ locale: 'fr-FR', width: 390, height: 844, colorScheme: 'dark' });
    await by(page, 'queue-card').first().click();
    await by(page, 'detail-dialog').waitFor();
    await by(page, 'compare').click();
    await by(page, 'figure-original').locator('img').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    const fits = `(() => { const body = document.querySelector('.modal-body'); return body.scrollWidth <= body.clientWidth; })()`;
    expect(await page.evaluate(fits)).toBe(true);
    await by(page, 'bulk').click();
    await by(page, 'bulk-dialog').waitFor();
    expect(await by(page, 'bulk-one').count()).toBe(2);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await by(page, 'bulk-accept').isDisabled()).toBe(true);
    await by(page, 'bulk-looked').check();
    await by(page, 'bulk-accept').click();
    await by(page, 'initials').fill('AB');
    await by(page, 'initials-ok').click();
    await by(page, 'bulk-dialog').waitFor({ state: 'detached' });
    await expect
      .poll(async () => (await server.view('queue', queueViewSchema)).counts)
      .toMatchObject({ cleared: 3, review: 0 });
    const decisions = (await readLedger(out)).filter(({ decisionOf }) => decisionOf !== undefined);
    expect(decisions.map(({ outcome, reviewer }) => [outcome, reviewer])).toEqual([
      ['cleared', 'AB'],
      ['cleared', 'AB'],
    ]);
    expect((await cli(['verify', out, '--private'])).code).toBe(0);
    expect(faults).toEqual([]);
  });
});

describe('the regions of a photo', () => {
  it('show where they lie when the row is pointed at, and go together when a kind is removed', async () => {
    const { page, edits, faults } = await visit();
    await by(page, 'to-start').click();
    expect(await by(page, 'phone').count()).toBe(1);
    await by(page, 'phone').locator('summary').click();
    expect(await seriousFaults(page)).toEqual([]);
    await by(page, 'file').setInputFiles(join(folder, 'samples/phone-turned.jpg'));
    await ready(page);
    for (let i = 0; i < 2; i++) {
      await by(page, 'tool-cover').focus();
      await page.keyboard.press('Enter');
    }
    const row = by(page, 'region-row').first();
    const key = await row.getAttribute('data-key');
    await row.hover();
    await page.locator(`[data-region="${key ?? ''}"].is-pointed-at`).waitFor();
    const others = page.locator('[data-testid=region][data-kind=other]');
    expect(await others.count()).toBe(2);
    await by(page, 'remove-all-other').hover();
    expect(await page.locator('.region.is-pointed-at').count()).toBe(2);
    expect(await seriousFaults(page)).toEqual([]);
    await by(page, 'remove-all-other').click();
    expect(await others.count()).toBe(0);
    await expect.poll(() => edits.at(-1)?.shapes.some(({ id }) => id.startsWith('own-'))).toBe(false);
    await page.keyboard.press('Control+z');
    expect(await others.count()).toBe(2);
    expect(faults).toEqual([]);
  });
});
