import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import { photoViewSchema, type Edit, type PhotoView } from '../../src/review/api.js';
import { Channel } from '../../src/review/channel/open-channel.js';
import { newSecret } from '../../src/review/channel/keys.js';
import { ROOT } from './cli.js';
import { workersOf } from './workers-of.js';

/** A running `image-deid review`, and a page's session with it. */
export interface Page {
  readonly origin: string;
  /** An address that nobody has opened yet: the tool prints one when somebody comes without. */
  newAddress(): Promise<string>;
  /** Calls the server as the page does. */
  call(
    path: string,
    init?: { readonly method?: string; readonly body?: Uint8Array | string },
  ): Promise<Response>;
  /** Numbers of the processes that the server started and that live. */
  workers(): number[];
  /** An answer as the page reads it. */
  view<T extends z.ZodMiniType>(
    path: string,
    schema: T,
    init?: Parameters<Page['call']>[1],
  ): Promise<z.infer<T>>;
  /** Everything that the tool printed. */
  printed(): string;
  end(): Promise<void>;
}

export const put = (method: string, value: unknown) => ({ method, body: JSON.stringify(value) });

// eslint-disable-next-line no-restricted-globals -- of the loopback address
export const ask = fetch;

/** A page's session, begun with the secret of an address. */
export function channelOf(address: string, keepTicket?: (ticket: string) => void): Promise<Channel> {
  const { origin, hash } = new URL(address);
  return Channel.open(`${origin}/api`, hash.slice(1), ask, keepTicket);
}

/** Starts the built command. @param state where it may keep records of its own */
export async function openPage(state: string, ...words: string[]): Promise<Page> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/cli/main.js'), 'review', '--no-open', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, XDG_STATE_HOME: state },
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  await once(reader, 'line');
  const addresses = () => lines.filter((line) => line.startsWith('http'));
  const [first = ''] = addresses();
  const { origin } = new URL(first);
  const channel = await channelOf(first);
  await channel.call('/alive', { method: 'POST' });
  const call: Page['call'] = (path, { method = 'GET', body } = {}) =>
    channel.call(`/${path}`, {
      method,
      ...(body !== undefined && { body: new Uint8Array(Buffer.from(body)) }),
    });
  let used = 1;
  return {
    origin,
    newAddress: async () => {
      await expect(channelOf(`${origin}/#${newSecret()}`)).rejects.toThrow('not valid');
      await expect.poll(() => addresses().length).toBeGreaterThan(used);
      return addresses()[used++] ?? '';
    },
    call,
    workers: () => workersOf(child),
    view: async (path, schema, init) => {
      const answer = await call(path, init);
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return z.parse(schema, await answer.json());
    },
    printed: () => lines.join('\n'),
    end: async () => {
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** An edit that changes nothing but what is said, for the treating team. */
export const editOf = (view: PhotoView, changes: Partial<Edit> = {}): Edit => ({
  shapes: [...view.autoShapes],
  keep: [],
  cropToKeep: false,
  style: 'solid',
  extent: 'usual',
  faces: 'whole',
  destination: 'clinical',
  attestNone: [],
  caption: '',
  ...changes,
});

/** Opens a photo and waits until it was looked at thoroughly. */
export async function openPhoto(page: Page, bytes: Uint8Array): Promise<PhotoView> {
  const { id, state } = await page.view('photos', photoViewSchema, { method: 'POST', body: bytes });
  expect(['quick', 'ready']).toContain(state);
  const view = await page.view(`photos/${id}/ready`, photoViewSchema);
  expect(view.state).toBe('ready');
  return view;
}
