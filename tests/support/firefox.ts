import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ELEMENT, programOf, type DrivenBrowser, type Element } from './driven-browser.js';

/** A busy machine takes its time. */
const SOON = { timeout: 60_000 };

/**
 * Starts the Firefox of the system and drives it by Marionette, the protocol below its WebDriver: no other program is
 * needed, and its console can be read.
 * @param folder for its profile and its downloads
 * @param language of the reader, such as "fr-FR"
 */
export async function openFirefox(folder: string, language: string): Promise<DrivenBrowser> {
  const program = programOf('firefox-esr', 'firefox-esr');
  const profile = join(folder, 'firefox');
  const downloads = join(folder, 'firefox-downloads');
  for (const each of [profile, downloads]) await mkdir(each);
  const preferences = {
    'marionette.port': 0,
    'intl.accept_languages': language,
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    'browser.shell.checkDefaultBrowser': false,
  };
  const lines = Object.entries(preferences).map(
    (pair) => `user_pref(${pair.map((x) => JSON.stringify(x)).join()});`,
  );
  await writeFile(join(profile, 'user.js'), lines.join('\n'));
  const child = spawn(
    program,
    ['--marionette', '--remote-allow-system-access', '--headless', '--no-remote', '--profile', profile],
    { stdio: 'ignore', env: { ...process.env, HOME: profile } },
  );
  const portFile = join(profile, 'MarionetteActivePort');
  await expect.poll(() => existsSync(portFile), SOON).toBe(true);
  const command = await marionette(Number(readFileSync(portFile, 'utf8')));
  await command('WebDriver:NewSession', { capabilities: {} });
  const find = async (value: string) =>
    ((await command('WebDriver:FindElement', { using: 'css selector', value })) as { value: Element }).value[
      ELEMENT
    ];
  const run = async <T>(script: string, args: readonly unknown[] = []) =>
    ((await command('WebDriver:ExecuteScript', { script, args })) as { value: T }).value;
  /** With the rights of the browser itself. */
  const runPrivileged = async <T>(script: string, ...args: readonly unknown[]) => {
    await command('Marionette:SetContext', { value: 'chrome' });
    try {
      return await run<T>(script, args);
    } finally {
      await command('Marionette:SetContext', { value: 'content' });
    }
  };
  return {
    downloads,
    go: async (url) => void (await command('WebDriver:Navigate', { url })),
    run: (body, ...args) => run(body, args),
    click: async (selector) => void (await command('WebDriver:ElementClick', { id: await find(selector) })),
    choose: async (selector, text) =>
      void (await command('WebDriver:ElementSendKeys', { id: await find(selector), text })),
    resize: async (width, height) => {
      // A window has a least width; what it shows has none.
      const narrow = `for (const [name, value] of [['width', arguments[0]], ['height', arguments[1]]])
        for (const limit of ['min', 'max'])
          gBrowser.selectedBrowser.style.setProperty(limit + '-' + name, value + 'px');`;
      await runPrivileged(narrow, width, height);
      await expect.poll(() => run('return [innerWidth, innerHeight]'), SOON).toEqual([width, height]);
    },
    faults: () =>
      runPrivileged(`return Services.console.getMessageArray().map(({ message }) => String(message))
        .filter((message) => message.includes('127.0.0.1') && /Error|Content-Security-Policy/.test(message))`),
    close: async () => {
      const ended = once(child, 'close');
      await command('Marionette:Quit', { flags: ['eForceQuit'] });
      await ended;
    },
  };
}

type Command = (name: string, parameters: object) => Promise<unknown>;

/** Messages are arrays in JSON behind their length in bytes: "LENGTH:[0, number, name, parameters]". */
async function marionette(port: number): Promise<Command> {
  const socket: Socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let bytes = Buffer.alloc(0);
  socket.on('data', (more) => {
    bytes = Buffer.concat([bytes, more]);
    for (;;) {
      const begin = bytes.indexOf(':') + 1;
      const end = begin + Number(bytes.subarray(0, Math.max(0, begin - 1)));
      if (begin === 0 || bytes.length < end) return;
      const message = JSON.parse(bytes.subarray(begin, end).toString('utf8')) as unknown;
      bytes = bytes.subarray(end);
      // The first one is a greeting.
      if (!Array.isArray(message)) continue;
      const [, number, error, value] = message as [number, number, { message: string } | null, unknown];
      if (error) waiting.get(number)?.reject(new Error(error.message));
      else waiting.get(number)?.resolve(value);
    }
  });
  let last = 0;
  return (name, parameters) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      const message = JSON.stringify([0, last, name, parameters]);
      socket.write(`${Buffer.byteLength(message)}:${message}`);
    });
}
