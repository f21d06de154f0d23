import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { formatById } from '../src/formats/index.js';
import { walkContainer } from '../src/verify/index.js';
import { ROOT, temporaryFolder } from './support/cli.js';
import type { DrivenBrowser } from './support/driven-browser.js';
import { listenForeignly } from './support/foreign-server.js';
import { freePort } from './support/free-port.js';
import { openFirefox } from './support/firefox.js';
import { openPage, type Page as Server } from './support/review-server.js';
import { openWebKit } from './support/webkit.js';

let folder: string;
let server: Server;
let browser: DrivenBrowser | undefined;

beforeAll(async () => {
  folder = await temporaryFolder();
  const made = spawnSync(process.execPath, [join(ROOT, 'samples/make-samples.mjs'), join(folder, 'samples')]);
  expect(made.status).toBe(0);
  server = await openPage(join(folder, 'state'));
});
afterEach(async () => {
  await browser?.close();
  browser = undefined;
});
afterAll(async () => {
  await server.end();
  await rm(folder, { recursive: true, force: true });
});

/** A busy machine takes its time. */
const soon = { timeout: 60_000 };
const by = (id: string) => `[data-testid=${id}]`;
const sample = () => join(folder, 'samples/name-label.jpg');

/** Lets go of the sample over the page, as from a file manager. */
function drop(shown: DrivenBrowser): Promise<void> {
  const body = `const raw = Uint8Array.from(atob(arguments[0]), (sign) => sign.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([raw], 'name-label.jpg', { type: 'image/jpeg' }));
    const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
    document.querySelector(arguments[1]).dispatchEvent(drop);`;
  return shown.run(body, readFileSync(sample()).toString('base64'), by('drop'));
}

/** From the photo to the saved file: nothing that a newcomer does not do. */
async function lookAndSave(shown: DrivenBrowser): Promise<void> {
  const { downloads } = shown;
  const run = <T>(body: string) => shown.run<T>(body);
  const stateOf = () => run(`return document.querySelector('${by('photo')}')?.dataset.state ?? null`);
  await expect.poll(stateOf, soon).toBe('ready');
  expect(await run(`return document.querySelectorAll('${by('region')}').length`)).toBeGreaterThan(0);
  // What will be saved is shown, covered by its outlines, and fits into the window.
  const widthOf = () => run<number>(`return document.querySelector('${by('after')}')?.naturalWidth ?? 0`);
  await expect.poll(widthOf, soon).toBeGreaterThan(0);
  expect(await run('return document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await shown.click(by('save'));
  const saved = () => readdirSync(downloads).filter((name) => /^[0-9a-f]{16}\.jpg$/.test(name));
  const sizes = () => saved().map((name) => readFileSync(join(downloads, name)).length > 0);
  await expect.poll(sizes, soon).toEqual([true]);
  const [name = ''] = saved();
  await expect
    .poll(() => run(`return document.querySelector('${by('save-state')}').textContent`), soon)
    .toContain(name);
  expect(walkContainer(readFileSync(join(downloads, name)), formatById('jpeg')).status).toBe('not-found');
  const asked = await run<string[]>(
    `return performance.getEntriesByType('resource').map(({ name }) => name)`,
  );
  expect(asked.filter((url) => !url.startsWith(server.origin) && !url.startsWith('blob:'))).toEqual([]);
  expect(await shown.faults()).toEqual([]);
}

describe.each([
  ['Firefox', openFirefox, 'fr'],
  // Its language is that of the system, which has no other.
  ['WebKitGTK, the engine of Safari,', openWebKit, 'en'],
])('%s', (_name, open, language) => {
  it('brings a newcomer from a dropped photo to a saved one on a desk', async () => {
    browser = await open(await mkdtemp(join(folder, 'desk-')), 'en-GB');
    await browser.resize(1280, 900);
    await browser.go(await server.newAddress());
    await expect
      .poll(() => browser?.run(`return document.querySelector('${by('drop')}') !== null`), soon)
      .toBe(true);
    expect(await browser.run('return location.hash')).toBe('');
    await drop(browser);
    await lookAndSave(browser);
  });

  it('is loaded again, and gives no photo to who took the port after the tool', async () => {
    const port = await freePort();
    const own = await openPage(join(folder, 'state'), '--port', String(port));
    const shown = await open(await mkdtemp(join(folder, 'foreign-')), 'en-GB');
    browser = shown;
    const canDrop = (body: string) =>
      shown.run(`return document.querySelector('${by('drop')}') !== null && ${body}`);
    await shown.go(await own.newAddress());
    await expect.poll(() => canDrop('isSecureContext'), soon).toBe(true);
    await shown.run('globalThis.before = true');
    await shown.go(`${own.origin}/`);
    await expect.poll(() => canDrop('globalThis.before === undefined'), soon).toBe(true);
    await own.end();
    const foreign = await listenForeignly(port, (proof) => proof);
    await drop(shown);
    const told = () => shown.run(`return document.querySelector('${by('message')}')?.textContent ?? ''`);
    await expect.poll(told, soon).toContain('another program answers now');
    expect(await canDrop('true')).toBe(false);
    // One may have come from the page's own clock.
    expect([...new Set(foreign.heard)]).toEqual(['POST /api/alive\n']);
    await foreign.close();
  });

  it('brings one from a chosen photo to a saved one at the width of a phone', async () => {
    browser = await open(await mkdtemp(join(folder, 'phone-')), 'fr-FR');
    await browser.go(await server.newAddress());
    await browser.resize(390, 844);
    await expect
      .poll(() => browser?.run(`return document.querySelector('${by('file')}') !== null`), soon)
      .toBe(true);
    expect(await browser.run('return document.documentElement.lang')).toBe(language);
    await browser.choose(by('file'), sample());
    await lookAndSave(browser);
  });
});
