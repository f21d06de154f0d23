import { createHash } from 'node:crypto';

/** The beginning of every key in Redis. */
export const PREFIX = 'image-deid';
export const QUEUE = 'photos';
/** The stream to which BullMQ writes its events. */
export const EVENTS_KEY = `${PREFIX}:${QUEUE}:events`;
/** The name of every job. */
export const JOB = 'photo';

/** Where the settings of a run are stored; `hash` is their `settingsHash`. */
export function settingsKey(run: string, hash: string): string {
  return `${PREFIX}:settings:${run}:${hash}`;
}

/** Where a worker shows that it is alive. */
export function workerKey(worker: string): string {
  return `${PREFIX}:worker:${worker}`;
}

/** The same photo of the same run always has the same job. @param path in base64 */
export function jobId(run: string, path: string): string {
  return `p${createHash('sha256').update(`${run}\n${path}`).digest('hex')}`;
}
