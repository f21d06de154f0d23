import type { MiddlewareHandler } from 'hono';
import { prove, unseal } from '../channel/keys.js';
import { PAGE_HEADER, SERVER_HEADER } from '../channel/messages.js';
import { API, type ApiError } from '../api.js';
import type { Access } from './access.js';
import { CallError } from './call-error.js';

/** Headers of every answer. The page loads nothing but its own files, and pictures that it was given. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** What the guard hands on with a call. */
export interface Guarded {
  Variables: {
    /** The body's content. @throws {CallError} bad-request, when this session's page did not seal it for this call */
    readonly unsealed: (body: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
  };
}

/**
 * Lets only the opened page talk to the server. The name under which the server was reached must be a loopback one (DNS
 * rebinding: a foreign name that was made to lead here is refused), and a call must not come from another page, and
 * must prove that it belongs to a session, which other users of the machine cannot. Only the hello that begins a
 * session needs no such proof. Every answer in a session proves that it comes from the server.
 */
export function guard(access: Access, port: () => number): MiddlewareHandler<Guarded> {
  return async (context, next) => {
    const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port()}`);
    const { method, path } = context.req;
    const deny = (status: 401 | 403, message: string) =>
      context.json({ code: 'forbidden', message } satisfies ApiError, status);
    const answer = async () => {
      if (!hosts.includes(context.req.header('host') ?? ''))
        return deny(403, 'The name of this server is another');
      const origin = context.req.header('origin');
      if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) {
        return deny(403, 'Only the page of this server may call it');
      }
      const isHello = method === 'POST' && path === `${API}/session`;
      if (!path.startsWith(`${API}/`) || isHello) {
        await next();
        return undefined;
      }
      const admitted = await access.admit(context.req.header(PAGE_HEADER) ?? '', method, path);
      if (!admitted)
        return deny(401, 'The call is of no session; open the address that image-deid printed last');
      const { keys, call, nonce } = admitted;
      context.set('unsealed', async (body) => {
        try {
          return await unseal(keys.body, call, body);
        } catch (cause) {
          throw new CallError('bad-request', 'The body was not sealed for this call', { cause });
        }
      });
      await next();
      context.res.headers.set(SERVER_HEADER, await prove(keys.server, [nonce, String(context.res.status)]));
      return undefined;
    };
    const denied = await answer();
    if (denied) context.res = denied;
    for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
  };
}
