import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Edit } from '../../src/review/api.js';
import { openBrowser } from './browser.js';
import type { Page as Server } from './review-server.js';

/** A page that a person has open. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly address: string;
  /** What it asked others than its server for. */
  readonly outside: readonly string[];
  /** What it complained about. */
  readonly faults: readonly string[];
  /** What it told the server, the last at the end, and about which photos. */
  readonly edits: readonly Edit[];
  readonly ids: readonly string[];
}

export interface VisitOptions {
  readonly locale?: string;
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
}

/** For the tests of a file: a browser in which each test has a page of its own, closed after it. */
export function visits() {
  let browser: Browser;
  let context: BrowserContext | undefined;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterEach(() => context?.close());
  afterAll(() => browser.close());
  return {
    browser: () => browser,
    visit: async (of: Server, options: VisitOptions = {}): Promise<Visit> => {
      const visited = await openVisit(browser, of, options);
      context = visited.context;
      return visited;
    },
  };
}

async function openVisit(browser: Browser, of: Server, options: VisitOptions): Promise<Visit> {
  const { locale = 'en-GB', width = 1280, height = 900, colorScheme = 'light' } = options;
  const context = await browser.newContext({
    locale,
    viewport: { width, height },
    colorScheme,
    acceptDownloads: true,
    // Or contrast would be measured while a colour fades.
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const outside: string[] = [];
  const faults: string[] = [];
  const edits: Edit[] = [];
  const ids: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(of.origin) && !url.startsWith(`blob:${of.origin}`)) outside.push(url);
    if (request.method() !== 'PUT') return;
    ids.push(url.split('/').at(-2) ?? '');
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  // What is sent is sealed: it is heard before.
  await page.exposeFunction('heard', (text: string) => {
    if (text.startsWith('{"shapes"')) edits.push(JSON.parse(text) as Edit);
  });
  await page.addInitScript(`{
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
    crypto.subtle.encrypt = (how, key, bytes) => {
      heard(new TextDecoder().decode(bytes.slice(0, 100_000)));
      return encrypt(how, key, bytes);
    };
  }`);
  // Who saw the photos before is remembered, from one test to the next.
  await of.call('remembered', { method: 'PUT', body: JSON.stringify({ destination: 'public' }) });
  const address = await of.newAddress();
  await page.goto(address);
  return { context, page, address, outside, faults, edits, ids };
}

export const by = (page: Page, id: string) => page.getByTestId(id);
/** Waits until a photo was looked at thoroughly. */
export const ready = (page: Page) => page.locator('[data-testid=photo][data-state=ready]').waitFor();
