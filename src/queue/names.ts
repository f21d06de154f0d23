import { createHash } from 'node:crypto';

/** What all keys in Redis begin with. */
export const PREFIX = 'image-deid';
export const QUEUE = 'photos';
/** BullMQ's stream. */
export const EVENTS_KEY = `${PREFIX}:${QUEUE}:events`;
/** Of every job. */
export const JOB = 'photo';

/** Where the settings of a run lie; the hash is `settingsHash` of what stands there. */
export function settingsKey(run: string, hash: string): string {
  return `${PREFIX}:settings:${run}:${hash}`;
}

/** Where a worker shows that it is alive. */
export function workerKey(worker: string): string {
  return `${PREFIX}:worker:${worker}`;
}

/** The same photo of the same run has always the same job. @param path in base64 */
export function jobId(run: string, path: string): string {
  return `p${createHash('sha256').update(`${run}\n${path}`).digest('hex')}`;
}
