import { Queue } from 'bullmq';
import { z } from 'zod';
import type { QueueConnection } from './connection.js';
import { parsedJson } from './parsed-json.js';
import { PREFIX, QUEUE, workerKey } from './names.js';

const workerSchema = z.object({ jobs: z.number(), inWork: z.number() });

/** What is in a queue and who works on it; numbers only. */
export interface QueueStatus {
  readonly waiting: number;
  readonly active: number;
  /** Treated, and waiting to be published by "enqueue". */
  readonly done: number;
  /** Given up; "enqueue" refuses these photos or adds them again. */
  readonly failed: number;
  /** The workers that have shown a sign of life. */
  readonly workers: readonly { readonly jobs: number; readonly inWork: number }[];
}

/** Counts what is in the queue now. */
export async function readStatus({ options, redis }: QueueConnection): Promise<QueueStatus> {
  const queue = new Queue(QUEUE, { connection: options, prefix: PREFIX, skipMetasUpdate: true });
  queue.on('error', () => undefined);
  try {
    const { waiting = 0, active = 0, completed = 0, failed = 0 } = await queue.getJobCounts();
    return { waiting, active, done: completed, failed, workers: await livingWorkers(redis) };
  } finally {
    await queue.close();
  }
}

/** Workers that have shown a sign of life. */
export async function livingWorkers(redis: QueueConnection['redis']): Promise<QueueStatus['workers']> {
  const keys = new Set<string>();
  let cursor = '0';
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', workerKey('*'), 'COUNT', 1000);
    for (const key of found) keys.add(key);
    cursor = next;
  } while (cursor !== '0');
  const signs = keys.size === 0 ? [] : await redis.mget([...keys]);
  return signs.flatMap((sign) => {
    const worker = sign === null ? undefined : workerSchema.safeParse(parsedJson(sign)).data;
    return worker ? [worker] : [];
  });
}
