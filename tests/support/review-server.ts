import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { expect } from 'vitest';
import { TOKEN_HEADER, type PhotoView } from '../../src/review/api.js';
import { ROOT } from './cli.js';
import { workersOf } from './workers-of.js';

/** A running `image-deid review`. */
export interface Page {
  /** With the token behind the #. */
  readonly address: string;
  readonly origin: string;
  readonly token: string;
  /** Calls the server as the page does. */
  call(path: string, init?: RequestInit): Promise<Response>;
  /** Numbers of the processes that the server started and that live. */
  workers(): number[];
  json<T>(path: string, init?: RequestInit): Promise<T>;
  end(): Promise<void>;
}

export const put = (method: string, value: unknown): RequestInit => ({ method, body: JSON.stringify(value) });

/** Starts the built command. @param state where it may keep records of its own */
export async function openPage(state: string, ...words: string[]): Promise<Page> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/cli/main.js'), 'review', '--no-open', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, XDG_STATE_HOME: state },
  });
  const [address] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { origin, hash } = new URL(address);
  const token = hash.slice(1);
  const call = (path: string, init: RequestInit = {}) =>
    // eslint-disable-next-line no-restricted-globals -- of the loopback address
    fetch(`${origin}/api/${path}`, { ...init, headers: { ...init.headers, [TOKEN_HEADER]: token } });
  return {
    address,
    origin,
    token,
    call,
    workers: () => workersOf(child),
    json: async <T>(path: string, init?: RequestInit) => {
      const answer = await call(path, init);
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    end: async () => {
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Opens a photo and waits until it was looked at thoroughly. */
export async function openPhoto(page: Page, bytes: Uint8Array): Promise<PhotoView> {
  const { id, state } = await page.json<PhotoView>('photos', { method: 'POST', body: new Uint8Array(bytes) });
  expect(['quick', 'ready']).toContain(state);
  const view = await page.json<PhotoView>(`photos/${id}/ready`);
  expect(view.state).toBe('ready');
  return view;
}
