import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import type { BrowserContext, Page as Tab } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSecret } from '../src/review/channel/keys.js';
import { PAGE_HEADER, SERVER_HEADER } from '../src/review/channel/messages.js';
import { Channel } from '../src/review/channel/open-channel.js';
import { openProfile } from './support/browser.js';
import { temporaryFolder } from './support/cli.js';
import { listenForeignly } from './support/foreign-server.js';
import { freePort } from './support/free-port.js';
import { ask, channelOf, openPage, type Page } from './support/review-server.js';

let folder: string;
let page: Page;

beforeAll(async () => {
  folder = await temporaryFolder();
  page = await openPage(join(folder, 'state'));
});
afterAll(async () => {
  await page.end();
  await rm(folder, { recursive: true, force: true });
});

/** The status of a call with headers that `fetch` does not let through. */
function statusOf(path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request(`${page.origin}${path}`, { headers }, ({ statusCode }) => {
      resolve(statusCode);
    });
    call.on('error', reject).end();
  });
}

describe('the page’s server', () => {
  it('answers only under its own name, and to its own page', async () => {
    expect(await statusOf('/', {})).toBe(200);
    for (const path of ['/', '/api/session']) {
      expect(await statusOf(path, { host: 'evil.example' })).toBe(403);
      expect(await statusOf(path, { host: `evil.example:${new URL(page.origin).port}` })).toBe(403);
      expect(await statusOf(path, { origin: 'http://evil.example' })).toBe(403);
      expect(await statusOf(path, { origin: 'null' })).toBe(403);
    }
    expect(await statusOf('/', { origin: page.origin })).toBe(200);
  });

  it('accepts only calls that are proven to belong to a session, for this path and this method', async () => {
    expect(await statusOf('/api/session', {})).toBe(401);
    // What a page sends once, taken down.
    const sent: [string, RequestInit][] = [];
    const address = await page.newAddress();
    const channel = await Channel.open(`${page.origin}/api`, new URL(address).hash.slice(1), (url, init) => {
      sent.push([url, init]);
      return ask(url, init);
    });
    expect((await channel.call('/session', { method: 'GET' })).status).toBe(200);
    await channel.call('/photos', { method: 'POST', body: new TextEncoder().encode('no photo') });
    const [, get, post] = sent;
    const header = new Headers(get?.[1].headers).get(PAGE_HEADER) ?? '';
    expect(await statusOf('/api/session', { [PAGE_HEADER]: header })).toBe(200);
    expect(await statusOf('/api/alive', { [PAGE_HEADER]: header })).toBe(401);
    expect(
      (await ask(`${page.origin}/api/session`, { method: 'PUT', headers: { [PAGE_HEADER]: header } })).status,
    ).toBe(401);
    expect(
      await statusOf('/api/session', {
        [PAGE_HEADER]: header.replace(/.$/, (sign) => (sign === 'A' ? 'B' : 'A')),
      }),
    ).toBe(401);
    expect(await statusOf('/api/session', { [PAGE_HEADER]: '..' })).toBe(401);
    // What it carries is sealed, for this call only.
    expect(Buffer.from(post?.[1].body as Uint8Array).includes('no photo')).toBe(false);
    const others = await ask(post?.[0] ?? '', {
      ...post?.[1],
      body: 'no photo, not sealed: longer than a seal',
    });
    expect([others.status, others.headers.get(SERVER_HEADER)]).toEqual([400, expect.any(String)]);
  });

  it('opens one page per address; what is left of the address opens nothing, and says where to go on', async () => {
    const address = await page.newAddress();
    const tickets: string[] = [];
    const first = await channelOf(address, (ticket) => tickets.push(ticket));
    // Loaded again before its first call.
    const second = await channelOf(address, (ticket) => tickets.push(ticket));
    expect((await second.call('/alive', { method: 'POST' })).status).toBe(204);
    await expect(first.call('/alive', { method: 'POST' })).rejects.toThrow('Somebody else');
    const before = page.printed().split('\n').length;
    await expect(channelOf(address)).rejects.toThrow('not valid');
    await expect(channelOf(`${page.origin}/#${tickets[0] ?? ''}`)).rejects.toThrow('not valid');
    await expect.poll(() => page.printed().split('\n').length).toBe(before + 2);
    // The page that was loaded again goes on with its ticket, which is good once; the session before ends with it.
    const third = await channelOf(`${page.origin}/#${tickets[1] ?? ''}`, (ticket) => tickets.push(ticket));
    expect((await third.call('/alive', { method: 'POST' })).status).toBe(204);
    await expect(channelOf(`${page.origin}/#${tickets[1] ?? ''}`)).rejects.toThrow('not valid');
    await expect(second.call('/alive', { method: 'POST' })).rejects.toThrow('Somebody else');
    // One address waits to be used: nobody makes the tool print more.
    expect(page.printed().split('\n').length).toBe(before + 2);
    expect(page.printed()).not.toContain(tickets[2]);
  });
});

const by = (id: string) => `[data-testid=${id}]`;
/** Told apart from everything else that may travel. */
const PHOTO = 'PIXELS OF A PATIENT '.repeat(50);

/** A page that was opened with a new address, in a Chromium that keeps what it keeps. */
async function visit(of: Page, profile: string, locale = 'en-GB') {
  const browser = await openProfile(profile, locale);
  const tab = browser.pages()[0] ?? (await browser.newPage());
  const address = await of.newAddress();
  await tab.goto(address);
  await tab.locator(by('drop')).waitFor();
  return { browser, tab, address };
}

/** Lets go of a file over the page. */
async function drop(browser: BrowserContext): Promise<void> {
  const tab = browser.pages()[0];
  const transfer = await tab?.evaluateHandle(`(() => {
    const data = new DataTransfer();
    data.items.add(new File([${JSON.stringify(PHOTO)}], 'a.jpg', { type: 'image/jpeg' }));
    return data;
  })()`);
  await tab?.locator(by('drop')).dispatchEvent('drop', { dataTransfer: transfer });
}

describe('an address in Chromium', () => {
  it('is used up: what the history keeps opens nothing, and the page says where to go on', async () => {
    const profile = await mkdtemp(join(folder, 'profile-'));
    const { browser, address } = await visit(page, profile);
    await browser.close();
    const history = join(profile, 'Default/History');
    expect(existsSync(history)).toBe(true);
    // The visit is there; whether with the secret or without is up to the browser.
    expect(readFileSync(history).includes(`${page.origin}/`)).toBe(true);
    for (const [locale, words] of [
      ['en-GB', 'used already'],
      ['fr-FR', 'déjà servi'],
    ] as const) {
      const again = await openProfile(profile, locale);
      const tab = await again.newPage();
      await tab.goto(address);
      await tab.getByText(words).waitFor();
      expect(await tab.locator(by('drop')).count()).toBe(0);
      await again.close();
    }
    expect((await ask(`${page.origin}/api/session`)).status).toBe(401);
  });

  it('opens a page that can be reloaded, even under the other name of this machine', async () => {
    const { browser, tab } = await visit(page, await mkdtemp(join(folder, 'profile-')));
    for (let times = 0; times < 3; times++) {
      await tab.reload();
      await tab.locator(by('drop')).waitFor();
    }
    // As by somebody who presses the key again and again: no load waits for the one before.
    for (let times = 0; times < 5; times++) await expect.poll(() => startsReload(tab)).toBe(true);
    await tab.locator(by('drop')).waitFor();
    const local = await browser.newPage();
    await local.goto((await page.newAddress()).replace('127.0.0.1', 'localhost'));
    await local.locator(by('drop')).waitFor();
    expect(await local.evaluate('isSecureContext')).toBe(true);
    await browser.close();
  });
});

/** Whether a load began: for an instant, while one page makes way for the next, the driver has none to load again. */
async function startsReload(tab: Tab): Promise<boolean> {
  try {
    await tab.reload({ waitUntil: 'commit' });
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.includes('Not attached to an active page')) return false;
    throw error;
  }
}

describe('a page that stayed open', () => {
  it.each([
    ['en-GB', 'another program answers now', (secret: string) => secret],
    ['fr-FR', 'un autre programme répond maintenant', () => newSecret()],
  ])('gives no photo to who took the port after the tool: %s', async (locale, words, proofOf) => {
    const port = await freePort();
    const own = await openPage(join(folder, 'state'), '--port', String(port));
    const { browser, tab } = await visit(own, await mkdtemp(join(folder, 'profile-')), locale);
    await own.end();
    const foreign = await listenForeignly(port, proofOf);
    await drop(browser);
    await tab.getByText(words).waitFor();
    expect(foreign.heard).toEqual(['POST /api/alive\n']);
    // Nothing is left on the page that would take another one.
    expect(await tab.locator(by('drop')).count()).toBe(0);
    expect(await tab.locator('input').count()).toBe(0);
    await browser.close();
    await foreign.close();
  });

  it('says that nobody answers when nobody does', async () => {
    const own = await openPage(join(folder, 'state'));
    const { browser, tab } = await visit(own, await mkdtemp(join(folder, 'profile-')));
    await own.end();
    await drop(browser);
    await tab.getByText('does not answer').waitFor();
    await browser.close();
  });
});
