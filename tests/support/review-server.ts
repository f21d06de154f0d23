import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { TOKEN_HEADER } from '../../src/review/api.js';
import { ROOT } from './cli.js';

/** A running `image-deid review`. */
export interface Page {
  /** With the token behind the #. */
  readonly address: string;
  readonly origin: string;
  readonly token: string;
  /** Calls the server as the page does. */
  call(path: string, init?: RequestInit): Promise<Response>;
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
