import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { API, TOKEN_HEADER, type ApiError } from '../api.js';

const TOKEN_BYTES = 24;

/** Of the page and of every answer. The page loads nothing but its own files, and pictures that it was given. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/**
 * Lets only the page that was opened talk to the server: the name under which it was reached must be a loopback one (a
 * foreign name that was made to lead here is refused: DNS rebinding), a call must not come from another page, and must
 * know the token, which other users of the machine do not.
 */
export function guard(token: string, port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port()}`);
    const deny = (status: 401 | 403, message: string) =>
      context.json({ code: 'forbidden', message } satisfies ApiError, status);
    const answer = async () => {
      if (!hosts.includes(context.req.header('host') ?? ''))
        return deny(403, 'The name of this server is another');
      const origin = context.req.header('origin');
      if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) {
        return deny(403, 'Only the page of this server may call it');
      }
      if (context.req.path.startsWith(`${API}/`) && !isToken(context.req.header(TOKEN_HEADER), token)) {
        return deny(401, 'The token is missing or wrong; open the address that image-deid printed');
      }
      await next();
      return undefined;
    };
    const denied = await answer();
    if (denied) context.res = denied;
    for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
  };
}

function isToken(given: string | undefined, token: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
