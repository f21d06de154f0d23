import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** What Debian and others call it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Starts the browser of the system: none is downloaded. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: executable(), args: ['--no-sandbox'] });
}

/** The same with a profile that stays on the disk, and its history. @param locale of the reader */
export function openProfile(folder: string, locale: string): Promise<BrowserContext> {
  const options = { executablePath: executable(), args: ['--no-sandbox'], locale };
  return chromium.launchPersistentContext(folder, options);
}

function executable(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const executablePath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(
    existsSync,
  );
  if (executablePath === undefined)
    throw new Error('These tests need Chromium on the PATH: apt-get install chromium');
  return executablePath;
}

/** What axe-core finds serious or critical on a page. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(
    // In the page, where axe is a global.
    async () =>
      (
        globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string }[] }> } }
      ).axe.run(),
  );
  return found.violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id }) => id);
}
