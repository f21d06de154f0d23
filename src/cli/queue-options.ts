import type { Argv } from 'yargs';
import { ImageDeidError } from '../core/errors.js';
import type { QueueConnection } from '../queue/index.js';
import type { Fields } from '../settings/field.js';
import type { HelpWords } from '../words/help.js';
import { addFields, place, readFields } from './option-fields.js';

const VARIABLE = 'IMAGE_DEID_REDIS_URL';

const FIELDS = {
  redis: place({ id: 'expected/address', values: {} }),
} as const satisfies Fields;

/** Options that choose a queue: for every command that works with one. */
export function addQueueOptions(argv: Argv, help: HelpWords): Argv {
  return addFields(argv, FIELDS, help.options.queue, help).epilogue(help.queuePassword(VARIABLE));
}

/**
 * Connects to the queue that the options or the environment name. The libraries are loaded only here, because most
 * commands need none of them.
 * @throws {ImageDeidError} usage, queue-unavailable
 */
export async function connectQueue(argv: Record<string, unknown>): Promise<QueueConnection> {
  const url = readFields(argv, FIELDS).redis ?? process.env[VARIABLE];
  if (url === undefined || url === '') {
    throw new ImageDeidError({ id: 'error/usage/no-queue', values: { variable: VARIABLE } }, 'usage');
  }
  const { openConnection, parseQueueUrl } = await import('../queue/index.js');
  return openConnection(parseQueueUrl(url));
}
