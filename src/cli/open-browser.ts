import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const PRIVATE_FILE = 0o600;
const OPENERS: Partial<Record<NodeJS.Platform, readonly [command: string, ...words: string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * Opens an address that holds a secret. Every user of the machine can read a program's arguments, so the browser is
 * given a private file that leads to the address. Where there is no browser, nothing happens.
 * @returns a function that removes the file
 */
export async function openPrivately(address: string): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'image-deid-open-'));
  const file = join(folder, 'open.html');
  await writeFile(file, redirectTo(address), { mode: PRIVATE_FILE, flag: 'wx' });
  const [command, ...words] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...words, pathToFileURL(file).href], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
  return () => rm(folder, { recursive: true, force: true });
}

/** @param address made by this program itself: nothing in it needs escaping */
function redirectTo(address: string): string {
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${address}"><title>image-deid</title>\n`;
}
