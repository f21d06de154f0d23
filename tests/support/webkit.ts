import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { expect } from 'vitest';
import { freePort } from './free-port.js';
import { ELEMENT, programOf, type DrivenBrowser, type Element } from './driven-browser.js';

const PACKAGES = 'webkit2gtk-driver xvfb';
/** For one command of the driver, so that one that hangs says which. */
const MOST_MILLISECONDS = 40_000;

/**
 * Starts the WebKitGTK of the system, whose engine is Safari's, on a screen of its own, and drives it by WebDriver. Its
 * language is that of the system.
 * @param folder for its home and its downloads
 */
export async function openWebKit(folder: string): Promise<DrivenBrowser> {
  const [driver, xvfb] = ['WebKitWebDriver', 'Xvfb'].map((name) => programOf(name, PACKAGES));
  const home = join(folder, 'webkit');
  const downloads = join(home, 'downloads');
  const told = join(home, 'console');
  await mkdir(join(home, '.config'), { recursive: true });
  await mkdir(downloads);
  await writeFile(join(home, '.config/user-dirs.dirs'), 'XDG_DOWNLOAD_DIR="$HOME/downloads"\n');
  // The driver throws away what the browser writes.
  const binary = join(home, 'browser');
  const options = '--enable-write-console-messages-to-stdout=true';
  await writeFile(binary, `#!/bin/sh\nexec stdbuf -oL '${miniBrowser()}' ${options} "$@" > '${told}'\n`);
  await chmod(binary, 0o755);

  const screen = spawn(xvfb ?? '', ['-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [display] = (await once(screen.stdout, 'data')) as [Buffer];
  const port = await freePort();
  const child = spawn(driver ?? '', [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: `:${display.toString().trim()}`,
      HOME: home,
      XDG_CONFIG_HOME: join(home, '.config'),
    },
  });
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    // eslint-disable-next-line no-restricted-globals -- of the loopback address
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      signal: AbortSignal.timeout(MOST_MILLISECONDS),
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = (await answer.json()) as { value: T & { message?: string } };
    if (!answer.ok) throw new Error(`${path}: ${value.message ?? answer.status}`);
    return value;
  };
  await expect
    .poll(() => call<{ ready: boolean }>('GET', '/status').catch(() => undefined), { timeout: 20_000 })
    .toMatchObject({ ready: true });
  // A download begins as a page that never comes; commands are not to wait for it.
  const wanted = { pageLoadStrategy: 'none', 'webkitgtk:browserOptions': { binary, args: ['--automation'] } };
  const { sessionId } = await call<{ sessionId: string }>('POST', '/session', {
    capabilities: { alwaysMatch: wanted },
  });
  const session = `/session/${sessionId}`;
  const find = async (value: string) =>
    (await call<Element>('POST', `${session}/element`, { using: 'css selector', value }))[ELEMENT];
  return {
    downloads,
    go: (url) => call('POST', `${session}/url`, { url }),
    run: (script, ...args) => call('POST', `${session}/execute/sync`, { script, args }),
    click: async (selector) => call('POST', `${session}/element/${await find(selector)}/click`, {}),
    choose: async (selector, text) =>
      call('POST', `${session}/element/${await find(selector)}/value`, { text }),
    resize: (width, height) => call('POST', `${session}/window/rect`, { width, height }),
    faults: () =>
      Promise.resolve(
        readFileSync(told, 'utf8')
          .split('\n')
          .filter((line) => /CONSOLE .*ERROR/.test(line)),
      ),
    close: async () => {
      await call('DELETE', session);
      for (const each of [child, screen]) {
        const ended = once(each, 'close');
        each.kill();
        await ended;
      }
    },
  };
}

/** The browser that comes with the engine; Debian names its folder after the engine's version. */
function miniBrowser(): string {
  const [found] = globSync('usr/lib/*/webkit2gtk-4*/MiniBrowser', { cwd: '/', absolute: true });
  if (found === undefined) throw new Error(`These tests need WebKitGTK: apt-get install ${PACKAGES}`);
  return found;
}
