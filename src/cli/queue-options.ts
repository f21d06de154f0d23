import type { Argv } from 'yargs';
import { ImageDeidError } from '../core/errors.js';
import type { QueueConnection } from '../queue/index.js';
import type { Fields } from '../settings/field.js';
import { addFields, place, readFields } from './option-fields.js';

const VARIABLE = 'IMAGE_DEID_REDIS_URL';

const FIELDS = {
  redis: place(
    'one address',
    `The queue: a Redis (7) or Valkey server, redis://HOST:PORT, or rediss://HOST:PORT for TLS [default: $${VARIABLE}]`,
  ),
} as const satisfies Fields;

/** Options that choose a queue: for every command that works with one. */
export function addQueueOptions(argv: Argv): Argv {
  return addFields(argv, FIELDS).epilogue(
    `A password belongs in $${VARIABLE}=rediss://USER:PASSWORD@HOST:PORT, not on the command line, which others of the machine can read. TLS with a CA of your own: NODE_EXTRA_CA_CERTS=ca.pem. See docs/queue.md.`,
  );
}

/**
 * Connects to the queue that the options or the environment name. The libraries are loaded only here, because most
 * commands need none of them.
 * @throws {ImageDeidError} usage, queue-unavailable
 */
export async function connectQueue(argv: Record<string, unknown>): Promise<QueueConnection> {
  const url = readFields(argv, FIELDS).redis ?? process.env[VARIABLE];
  if (url === undefined || url === '') {
    throw new ImageDeidError(
      'usage',
      'usage',
      `Expected --redis URL, or the environment variable ${VARIABLE}`,
    );
  }
  const { openConnection, parseQueueUrl } = await import('../queue/index.js');
  return openConnection(parseQueueUrl(url));
}
