/**
 * `npm run tool scripts/screenshot.ts`: makes docs/page.png, the picture of the local page in the README, from a drawn
 * sample. Needs the built package and Chromium on the PATH.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { toolArguments } from './support/arguments.ts';
import { MAIN, ROOT } from './support/root.ts';

toolArguments(import.meta.url, {});
const SAMPLE = 'name-label.jpg';
/** Wide enough for all tools of the page to fit into one row. */
const SIZE = { width: 1280, height: 820 };

const folder = mkdtempSync(join(tmpdir(), 'image-deid-screenshot-'));
const server = spawn(process.execPath, [MAIN, 'review', '--no-open'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  spawnSync(process.execPath, [join(ROOT, 'samples/make-samples.mjs'), folder]);
  const [address] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
  const executablePath = spawnSync('which', ['chromium'], { encoding: 'utf8' }).stdout.trim();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: SIZE, locale: 'en-GB' });
  await page.goto(address);
  await page.getByTestId('file').setInputFiles(join(folder, SAMPLE));
  await page.locator('[data-testid=photo][data-state=ready]').waitFor();
  await page.getByTestId('compare').waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(ROOT, 'docs/page.png') });
  await browser.close();
} finally {
  server.kill();
  rmSync(folder, { recursive: true });
}
