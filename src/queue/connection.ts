import { Redis } from 'ioredis';
import { z } from 'zod';
import { ImageDeidError, type ErrorFinding } from '../core/errors.js';

/** How long a server may take to answer for the first time. */
const ANSWER_SECONDS = 8;
/** Longest pause between two attempts to reach a lost server, in milliseconds. */
const MOST_BETWEEN = 5000;
const DEFAULT_PORT = 6379;
const OLDEST = [6, 2] as const;
const causeSchema = z
  .object({ code: z.string().catch(''), message: z.string().catch('') })
  .catch({ code: '', message: '' });

/** The address of a server, and the credentials for it. */
export interface QueueAddress {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
  /** Present for TLS. */
  readonly tls?: object;
}

/** What happens to a connection that once worked. */
export type QueueNote = 'queue-open' | 'queue-lost' | 'queue-back';

/** A server that has answered. */
export interface QueueConnection {
  /** For BullMQ, which opens connections of its own; it tries to reopen them for ever. */
  readonly options: QueueAddress & {
    maxRetriesPerRequest: null;
    retryStrategy: (attempt: number) => number | null;
  };
  readonly redis: Redis;
  /** From now on reports each time that the server is lost or back. */
  watch(onNote: (note: QueueNote) => void): void;
  /** Also makes BullMQ soon stop trying to reach the server in vain. */
  close(): void;
}

/**
 * Reads the address of a queue. Its error messages never quote any part of the address: it may be the password.
 * @param text redis://[user[:password]@]host[:port][/database], or rediss:// for TLS
 * @throws {ImageDeidError} usage
 */
export function parseQueueUrl(text: string): QueueAddress {
  const url = URL.canParse(text) && isEncoded(text) ? new URL(text) : undefined;
  const db = url?.pathname.replace(/^\//, '') ?? '';
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '' || !/^\d*$/.test(db)) {
    throw new ImageDeidError({ id: 'error/usage/queue-address', values: {} }, 'usage');
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    ...(url.username !== '' && { username: decodeURIComponent(url.username) }),
    ...(url.password !== '' && { password: decodeURIComponent(url.password) }),
    ...(db !== '' && { db: Number(db) }),
    ...(url.protocol === 'rediss:' && { tls: {} }),
  };
}

/**
 * Opens a connection to a server that exists, accepts us and keeps what it is given.
 * @throws {ImageDeidError} queue-unavailable, within ten seconds
 */
export async function openConnection(address: QueueAddress): Promise<QueueConnection> {
  assertKeeps(await firstAnswer(address));
  let isClosed = false;
  const options = {
    ...address,
    maxRetriesPerRequest: null,
    retryStrategy: (attempt: number) => (isClosed ? null : Math.min(attempt * 200, MOST_BETWEEN)),
  };
  const redis = new Redis(options);
  // Errors are noticed by the "close" event.
  redis.on('error', () => undefined);
  return {
    options,
    redis,
    watch(onNote) {
      if (!address.tls && !isLoopback(address.host)) onNote('queue-open');
      let isLost = false;
      redis.on('close', () => {
        if (!isLost) onNote('queue-lost');
        isLost = true;
      });
      redis.on('ready', () => {
        if (isLost) onNote('queue-back');
        isLost = false;
      });
    },
    close() {
      isClosed = true;
      redis.removeAllListeners('close').disconnect();
    },
  };
}

/** Whether every "%" is the start of an encoded character. */
function isEncoded(text: string): boolean {
  try {
    return decodeURIComponent(text) !== '';
  } catch {
    return false;
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** What the server says about itself. */
async function firstAnswer(address: QueueAddress): Promise<string> {
  const probe = new Redis({ ...address, lazyConnect: true, retryStrategy: () => null });
  let seen: unknown;
  probe.on('error', (error) => (seen = error));
  const tooLate = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error('no answer'));
    }, ANSWER_SECONDS * 1000);
    timer.unref();
  });
  try {
    return await Promise.race([probe.connect().then(() => probe.info()), tooLate]);
  } catch (error) {
    throw unavailable(seen ?? error);
  } finally {
    probe.disconnect();
  }
}

/** Makes sure that the server keeps what it is given. @throws {ImageDeidError} queue-unavailable */
function assertKeeps(info: string): void {
  const fact = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim();
  const policy = fact('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    throw failed({ id: 'error/queue-unavailable/eviction', values: {} });
  }
  const [major = 0, minor = 0] = (fact('redis_version') ?? '').split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw failed({ id: 'error/queue-unavailable/too-old', values: { oldest: OLDEST.join('.') } });
  }
}

/** The client's own messages name hosts; its error codes do not. */
function unavailable(cause: unknown): ImageDeidError {
  const { code, message } = causeSchema.parse(cause);
  if (/^(WRONGPASS|NOAUTH|ERR AUTH|ERR invalid password)/.test(message)) {
    return failed({ id: 'error/queue-unavailable/password', values: {} }, cause);
  }
  if (message.startsWith('NOPERM'))
    return failed({ id: 'error/queue-unavailable/rights', values: {} }, cause);
  if (/CERT|SIGNATURE|SELF_SIGNED|ALTNAME/.test(code)) {
    return failed({ id: 'error/queue-unavailable/certificate', values: { code } }, cause);
  }
  return failed({ id: 'error/queue-unavailable/no-answer', values: { code } }, cause);
}

function failed(finding: ErrorFinding, cause?: unknown): ImageDeidError {
  return new ImageDeidError(finding, 'worker', { cause });
}
