import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredRecord } from '../src/publish/contract.js';
import { reportRecords, type ReportKind } from '../src/publish/report-entries.js';
import { renderReport } from '../src/publish/report.js';
import { PALETTE } from '../src/publish/report-style.js';
import { TABLE_HEAD, tableLine } from '../src/publish/summary-table.js';
import { Tally } from '../src/publish/tally.js';
import { COLOURS } from '../src/publish/thumbnails.js';
import { en } from '../src/review/web/strings/en.js';
import { fr } from '../src/review/web/strings/fr.js';
import { reasonNamer, REPORT_WORDS, speakerOf } from '../src/words/index.js';
import { openBrowser, seriousFaults } from './support/browser.js';
import { usualDraft } from './support/many-photos.js';

const MANY = 2000;
const DATE = new Date(2026, 10, 28);

/** Records of a run, and of decisions by `AB`, of whom the first is that of a photo let out against the gate. */
function recordsOf(outcomes: readonly ('cleared' | 'review' | 'refused')[]): StoredRecord[] {
  const place = (seq: number) => ({
    schema: 'image-deid/ledger@4' as const,
    seq,
    prev: '0'.repeat(64),
    fence: 1,
    tool: 'image-deid 0.2.0',
  });
  const output = (seq: number) => ({
    name: `${String(seq).padStart(16, '0')}.jpg`,
    sha256: 'a'.repeat(64),
    bytes: 9,
    format: 'jpeg' as const,
    width: 8,
    height: 8,
    frames: 1,
  });
  const records: StoredRecord[] = outcomes.map((outcome, i) => {
    const { timings: _timings, source: _source, settings, ...draft } = usualDraft(outcome, i);
    return {
      ...draft,
      ...place(i + 1),
      source: { hmac: 'b'.repeat(64) },
      settings,
      ...(outcome !== 'refused' && { output: output(i + 1) }),
    };
  });
  const [accepted, rejected] = records.filter(({ outcome }) => outcome === 'review');
  for (const [about, outcome] of [
    [accepted, 'cleared'],
    [rejected, 'refused'],
  ] as const) {
    if (!about) continue;
    const { settings, models } = about;
    records.push({
      ...place(records.length + 1),
      source: { hmac: 'b'.repeat(64) },
      settings,
      models,
      outcome,
      reasons: outcome === 'refused' ? [{ id: 'gate/rejected', values: {} }] : [],
      ...(outcome === 'cleared' && { output: output(about.seq), overrideReason: 'the ruler <is> no tattoo' }),
      decisionOf: about.seq,
      reviewer: 'AB',
    });
  }
  return records;
}

async function written(records: readonly StoredRecord[], language: 'en' | 'fr') {
  const tally = new Tally();
  for (const record of records) tally.add(record);
  const to = speakerOf(language);
  const lines = [TABLE_HEAD];
  const ledger = {
    forEach: (onRecord: (record: StoredRecord) => void) => {
      records.forEach(onRecord);
      return Promise.resolve();
    },
  };
  const { reports, ...run } = await reportRecords(ledger, tally, reasonNamer(language, to), (photo) =>
    lines.push(tableLine(photo, to)),
  );
  const html = (kind: ReportKind) => {
    const overview = reports[kind];
    const pictures = new Map(
      overview.entries.map(({ seq }) => [
        seq,
        { address: `report-pictures/${String(seq).padStart(64, 'c')}.jpg`, isOutlined: true },
      ]),
    );
    return renderReport({ ...run, kind, overview, pictures, isInterrupted: false, date: DATE }, language);
  };
  return { html, table: lines };
}

const FEW = ['cleared', 'cleared', 'review', 'review', 'review', 'refused'] as const;
let folder: string;
let browser: Browser;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'image-deid-report-'));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** Opens a report as a file, as people do; whatever its policy forbids is a fault. */
async function open(
  html: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; faults: string[] }> {
  const path = join(folder, 'report.html');
  writeFileSync(path, html);
  const page = await browser.newPage(options);
  const faults: string[] = [];
  page.on('console', (message) => {
    // The pictures are not there.
    if (message.type() === 'error' && !message.text().includes('ERR_FILE_NOT_FOUND'))
      faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(pathToFileURL(path).href);
  return { page, faults };
}
const shownIn = (page: Page) => page.locator('article:visible').count();

describe('a report of many photos', () => {
  it.each(['en', 'fr'] as const)('has at most 3 MB of HTML for 2,000 of them (%s)', async (language) => {
    const outcomes = Array.from(
      { length: MANY },
      (_, i) => (['review', 'refused'] as const)[i % 10 === 0 ? 1 : 0],
    );
    const cleared = Array.from({ length: MANY }, () => 'cleared' as const);
    const sizes = [
      (await written(recordsOf(cleared), language)).html('shared'),
      (await written(recordsOf(outcomes), language)).html('private'),
    ].map((html) => Buffer.byteLength(html));
    for (const size of sizes) expect(size).toBeLessThanOrEqual(3_000_000);
  });

  it('finds among 2,000 what is looked for', async () => {
    const outcomes = Array.from(
      { length: MANY },
      (_, i) => (['review', 'refused'] as const)[i % 10 === 0 ? 1 : 0],
    );
    const { page, faults } = await open((await written(recordsOf(outcomes), 'en')).html('private'));
    expect(await page.locator('article').count()).toBe(MANY);
    const counted = () => page.locator('output').textContent();
    expect(await counted()).toBe('2000 photos shown');
    await page.getByLabel('State').selectOption('Refused by the tool');
    expect(await counted()).toBe('200 photos shown');
    await page.getByLabel('State').selectOption('All');
    await page.getByLabel('Shows').selectOption('tattoo');
    expect(await counted()).toBe('500 photos shown');
    await page.getByLabel('Reason').selectOption('Risk too high');
    expect(await shownIn(page)).toBe(500);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByLabel('Search').fill('PHOTO 1234');
    await expect.poll(counted).toBe('1 photo shown');
    await page.getByLabel('Search').fill('no such thing');
    expect(await counted()).toBe('0 photos shown');
    expect(faults).toEqual([]);
    await page.close();
  });
});

describe.each([
  ['en', 390, 'light'],
  ['fr', 1280, 'dark'],
  ['fr', 390, 'light'],
  ['en', 1280, 'dark'],
] as const)('a report in %s, %i pixels wide and %s', (language, width, colorScheme) => {
  it.each(['shared', 'private'] as const)('is for everybody (%s)', async (kind) => {
    const { html } = await written(recordsOf(FEW), language);
    const { page, faults } = await open(html(kind), { viewport: { width, height: 800 }, colorScheme });
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.locator('details').first().evaluate('(details) => { details.open = true; }');
    expect(await seriousFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
    await page.close();
  });
});

describe('a report', () => {
  it('works with the keyboard alone', async () => {
    const { html } = await written(recordsOf(FEW), 'en');
    const { page } = await open(html('private'));
    await page.keyboard.press('Tab');
    await page.keyboard.type('refused');
    await expect.poll(() => shownIn(page)).toBe(1);
    for (let i = 0; i < 4; i++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => shownIn(page)).toBe(4);
    // To the first photo's file, and what else is known of it.
    for (let i = 0; i < 2; i++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator('article details').first().getAttribute('open')).toBe('');
    await page.close();
  });

  it('shows on paper everything but its controls', async () => {
    const { html } = await written(recordsOf(FEW), 'en');
    const { page } = await open(html('shared'));
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('form').isVisible()).toBe(false);
    expect(await page.getByText('Metadata removed').first().isVisible()).toBe(true);
    await page.close();
  });

  it('tells its destination, limit and day, who decided, and in private why', async () => {
    const { html } = await written(recordsOf(FEW), 'en');
    const { page } = await open(html('private'));
    const top = await page.locator('.run').innerText();
    for (const told of ['Anybody (an open network)', 'at most 9% risk', 'November 28, 2026'])
      expect(top).toContain(told);
    expect(await page.locator('.counts').innerText()).toMatch(
      /2\nCleared[^]*1\nAccepted[^]*1\nWaiting[^]*1\nRejected[^]*1\nRefused/,
    );
    const facts = async (state: string) => page.locator(`article.${state}`).innerText();
    expect(await facts('accepted')).toContain('Accepted by AB, although the tool did not clear it');
    expect(await facts('accepted')).toContain('the ruler <is> no tattoo');
    expect(await facts('rejected')).toContain('Rejected by AB');
    // Why it came to a person, not that it was refused.
    expect(await facts('rejected')).toContain('is covered: look whether it still shows the lesion');
    expect(await facts('rejected')).not.toContain('efused');
    await page.close();
    const shared = html('shared');
    expect(shared).toContain('Accepted by AB, although the tool did not clear it');
    expect(shared).not.toContain('ruler');
  });

  it('has the page’s colours and words', () => {
    const css = readFileSync(new URL('../src/review/web/styles/base.css', import.meta.url), 'utf8');
    const [light = '', dark = ''] = css.split('prefers-color-scheme: dark');
    for (const [block, colours] of [
      [light, { ...PALETTE.light, ...COLOURS }],
      [dark, PALETTE.dark],
    ] as const) {
      for (const [name, value] of Object.entries(colours)) expect(block).toContain(`--${name}: ${value};`);
    }
    for (const [language, page] of [
      ['en', en],
      ['fr', fr],
    ] as const) {
      const { states, find, shown, destinations, by } = REPORT_WORDS[language];
      expect(states).toMatchObject(page.queue.states);
      expect(find).toMatchObject({ any: page.queue.any, reset: page.queue.reset, reason: page.queue.reason });
      expect([find.kind, find.state]).toEqual([page.queue.kind, page.queue.state]);
      expect([1, 2].map(shown)).toEqual([1, 2].map(page.queue.shown));
      expect(by('x', 'y')).toBe(page.queue.by('x', 'y'));
      for (const name of ['public', 'professional', 'clinical'] as const) {
        const { destinations: names, destinationHints: hints } = page.settings;
        expect(destinations[name]).toBe(`${names[name]} (${hints[name]})`);
      }
      const namer = reasonNamer(language, speakerOf(language));
      for (const [id, name] of Object.entries(page.reasonNames)) expect(namer({ id, values: {} })).toBe(name);
    }
  });
});

it('summary.csv has a line for each photo, without what was typed', async () => {
  const { table } = await written(recordsOf(FEW), 'en');
  const rows = table.map((line) => line.trimEnd().slice(1, -1).split('","'));
  expect(rows[0]?.slice(0, 4)).toEqual(['number', 'state', 'photo', 'reviewer']);
  expect(rows.slice(1).map((row) => row.slice(0, 4))).toEqual([
    ['1', 'cleared', 'cleared/0000000000000001.jpg', ''],
    ['2', 'cleared', 'cleared/0000000000000002.jpg', ''],
    ['5', 'review', 'review/0000000000000005.jpg', ''],
    ['6', 'refused', '', ''],
    ['3', 'accepted', 'cleared/0000000000000003.jpg', 'AB'],
    ['4', 'rejected', '', 'AB'],
  ]);
  expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  expect(rows[5]?.slice(-2)[0]).toBe('gate/risk gate/covered');
  expect(table.join('')).not.toContain('ruler');
});
