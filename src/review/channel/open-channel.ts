import * as z from 'zod/mini';
import {
  isProof,
  keyOfSecret,
  newHalf,
  newNonce,
  prove,
  seal,
  sessionKeys,
  type SessionKeys,
} from './keys.js';
import { answerOf, helloOf, helloSchema, PAGE_HEADER, SERVER_HEADER } from './messages.js';

/** The answer did not prove to come from the server with which the session was begun. */
export class StrangerError extends Error {
  override readonly name = 'StrangerError';
}
/** The one-time secret is no longer valid. */
export class UsedError extends Error {
  override readonly name = 'UsedError';
}

interface Call {
  readonly method: string;
  /** Sealed before it is sent. */
  readonly body?: Uint8Array<ArrayBuffer> | undefined;
  readonly signal?: AbortSignal | undefined;
}
type Send = (url: string, init: RequestInit) => Promise<Response>;

/** The path where a session begins, and where its page says that it is there. */
const SESSION = '/session';

/**
 * The page's side of a session. Every call is proven to the server and every answer proven to the page. Only that
 * server can read what a call carries, even if another program listens at its port by then.
 */
export class Channel {
  #isBroken = false;

  private constructor(
    private readonly base: string,
    private readonly send: Send,
    private readonly keys: SessionKeys,
  ) {}

  /**
   * Begins a session.
   * @param base address of the calls
   * @param secret one-time: from the address that was printed, or the ticket of the session before
   * @param keepTicket is given the ticket of this one
   * @throws {UsedError} {@link StrangerError}; what `send` throws
   */
  static async open(
    base: string,
    secret: string,
    send: Send,
    keepTicket: (ticket: string) => void = () => undefined,
  ): Promise<Channel> {
    const half = await newHalf();
    const key = await keyOfSecret(secret);
    const body = JSON.stringify({ half: half.open, proof: await prove(key, helloOf(half.open)) });
    const response = await send(base + SESSION, { method: 'POST', body });
    if (response.status === 401) throw new UsedError('The secret is not valid any more');
    const answer = z.safeParse(helloSchema, await response.json().catch(() => undefined));
    const isOurs =
      answer.success && (await isProof(key, answerOf(half.open, answer.data.half), answer.data.proof));
    if (!isOurs) throw new StrangerError('Somebody else answers');
    const halves = [half.open, answer.data.half];
    const keys = await sessionKeys(half, answer.data.half, halves, secret);
    // Kept before the first call uses the secret up: a page that is reloaded meanwhile still has one of the two.
    keepTicket(keys.ticket);
    return new Channel(base, send, keys);
  }

  /** @throws {StrangerError} now and at every later call; what `send` throws */
  async call(path: string, call: Call): Promise<Response> {
    return (await this.prepare(path, call))();
  }

  /** The same in two steps: a prepared call can be sent without waiting, by a page that is about to close. */
  async prepare(path: string, { method, body, signal }: Call): Promise<() => Promise<Response>> {
    const url = this.base + path;
    const nonce = newNonce();
    const about = [method, new URL(url, 'http://page').pathname, nonce];
    const proof = await prove(this.keys.page, about);
    const sealed = body && (await seal(this.keys.body, about, body));
    const init: RequestInit = {
      method,
      headers: { [PAGE_HEADER]: [this.keys.id, nonce, proof].join('.') },
      ...(sealed && { body: sealed }),
      ...(signal && { signal }),
      // The call that drops a photo may outlive the page.
      keepalive: method === 'DELETE',
    };
    return async () => {
      if (this.#isBroken) throw new StrangerError('Somebody else has answered before');
      const response = await this.send(url, init);
      const given = response.headers.get(SERVER_HEADER) ?? '';
      if (await isProof(this.keys.server, [nonce, String(response.status)], given)) return response;
      this.#isBroken = true;
      throw new StrangerError('Somebody else answers');
    };
  }
}
