import { setMaxListeners } from 'node:events';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Queue, QueueEvents, type Job } from 'bullmq';
import {
  arrived,
  factsOfSource,
  type PhotoJob,
  type PhotoTreater,
  refusal,
  type Treatment,
} from '../batch/index.js';
import { ImageDeidError } from '../core/errors.js';
import { VERSION } from '../core/version.js';
import { type ProcessSettings, settingsHash } from '../pipeline/index.js';
import { FolderExchange, isS3Address, openExchange, type Exchange } from './storage/index.js';
import type { QueueConnection } from './connection.js';
import { JobSigns } from './job-signs.js';
import { EVENTS_KEY, JOB, jobId, PREFIX, QUEUE, settingsKey } from './names.js';
import { parseJob, parseTreatment, stagedNames, type QueuedJob } from './queued-job.js';
import { livingWorkers } from './queue-status.js';
import { runIdOf } from './run-id.js';

/** How many photos are in the queue or on their way back at once: enough for hundreds of workers, little for Redis. */
const WIDTH = 1000;
const LOOK_EVERY = 30_000;
/** How many workers may try a photo when they report an error that is not the photo's fault. */
const TRIES = 3;
const TELL_AFTER = 60_000;
/** How often workers are looked for in that time: a sign of life may just have expired and come again. */
const LOOKS = 6;
/** BullMQ's reason for failing a job that lost its workers too often. */
const STALLED = 'job stalled';

/** How the photos of a run reach the workers and come back. */
export interface QueuePlan {
  readonly connection: QueueConnection;
  readonly settings: ProcessSettings;
  /** `Output.staging` */
  readonly staging: string;
  /** s3://bucket/prefix; absent: a folder beside `staging`. */
  readonly exchange?: string;
  /** The versions of photos in an object storage, by path in base64. */
  readonly versions?: ReadonlyMap<string, string>;
  /** Milliseconds after which every job is looked at even without an event. @default 30 s */
  readonly lookEvery?: number;
  /** Called, once each time, when photos have waited for `tellAfter` without any worker. */
  readonly onNoWorker?: () => void;
  /** Milliseconds. @default a minute */
  readonly tellAfter?: number;
}

/**
 * Gives photos to workers on other machines. Jobs are delivered at least once; a photo is published only once all the
 * same, because only the holder of the output folder publishes, and only what has no record yet.
 */
export class QueueTreater implements PhotoTreater {
  readonly width = WIDTH;
  private readonly events: QueueEvents;
  private readonly signs: JobSigns;
  private readonly workers: NodeJS.Timeout;
  /** How many of the last looks for workers found none. */
  private looksWithoutWorker = 0;
  private readonly hash: string;
  /** The files that carry a photo until it is published, by job. */
  private readonly carried = new Map<string, readonly string[]>();
  private unfinished = 0;

  private constructor(
    private readonly plan: QueuePlan,
    private readonly queue: Queue,
    private readonly run: string,
    private readonly exchange: Exchange,
    lastEventId: string,
    ended: readonly string[],
  ) {
    this.events = new QueueEvents(QUEUE, { ...optionsOf(plan), lastEventId });
    // The connection beside them already reports this, once.
    this.events.on('error', () => undefined);
    this.signs = new JobSigns(this.events, ended, plan.lookEvery ?? LOOK_EVERY);
    this.hash = settingsHash(plan.settings);
    this.workers = setInterval(
      () => {
        this.lookForWorkers().catch(() => undefined);
      },
      (plan.tellAfter ?? TELL_AFTER) / LOOKS,
    );
  }

  /** @throws {ImageDeidError} output-unwritable, disk-full, usage */
  static async open(plan: QueuePlan): Promise<QueueTreater> {
    const state = dirname(plan.staging);
    const run = await runIdOf(state);
    const exchange =
      plan.exchange === undefined
        ? new FolderExchange(join(state, 'exchange'), run)
        : await openExchange(plan.exchange, run);
    await exchange.check();
    const queue = new Queue(QUEUE, optionsOf(plan));
    queue.on('error', () => undefined);
    const last = await lastEvent(plan.connection);
    // What ends from here on is an event; what ended before, a run that was stopped has not published.
    const ended = await queue.getRanges(['completed', 'failed']);
    const treater = new QueueTreater(plan, queue, run, exchange, last, ended);
    await treater.laySettings();
    return treater;
  }

  async treat(job: PhotoJob, signal: AbortSignal): Promise<Treatment> {
    this.unfinished++;
    const id = jobId(this.run, job.entry.path);
    return leaving(signal, this.treatment(id, job, signal)).finally(() => {
      this.signs.forget(id);
    });
  }

  async settled(job: PhotoJob): Promise<void> {
    const id = jobId(this.run, job.entry.path);
    await this.exchange.remove(this.carried.get(id) ?? []);
    await this.queue.remove(id);
    this.carried.delete(id);
    this.unfinished--;
  }

  async close(): Promise<void> {
    this.signs.close();
    clearInterval(this.workers);
    // If this fails, whatever is left is found by the next run, or by somebody who empties the queue.
    if (this.unfinished === 0) await this.removeAll().catch(() => undefined);
    const closing = Promise.all([this.events.close(), this.queue.close()]).catch(() => undefined);
    // Nobody waits for a lost server: closing the connection ends these too.
    if (this.plan.connection.redis.status === 'ready') await closing;
  }

  private async treatment(id: string, job: PhotoJob, signal: AbortSignal): Promise<Treatment> {
    let last: ImageDeidError | undefined;
    for (let tries = 0; tries < TRIES;) {
      const end = await this.ended(id, job, signal);
      if (!end) break;
      if (end.failedReason?.startsWith(STALLED)) {
        return this.refusalOf(job, 'lost');
      }
      const treatment = parseTreatment(end.data);
      if (!treatment && end.failedReason) {
        last = notUnderstood();
        // A server that lost its memory lost the settings too; that is not the worker's fault.
        if (await this.hasSettings()) tries++;
        else await this.laySettings();
      } else if (!treatment) {
        // The worker says that it is done, but its answer cannot be right: no reason to give up the other photos.
        if (++tries === TRIES) return this.refusalOf(job, 'not-right');
      } else if (await this.isSeenHere(treatment, job)) {
        last = unseen();
        tries++;
      } else {
        const isKnown = treatment.kind !== 'treated' || job.known.includes(treatment.source);
        const names = stagedNames(treatment);
        this.carried.set(id, names);
        if (isKnown) return { kind: 'known' };
        if (await this.exchange.collect(names, this.plan.staging)) return treatment;
        // The files were collected before a crash and have been thrown away since: the photo is treated again.
      }
      await this.queue.remove(id);
    }
    if (signal.aborted) return { kind: 'left' };
    throw last ?? notUnderstood();
  }

  /**
   * Adds a job unless it exists already, and waits until it has ended.
   * @returns undefined when `signal` says to wait no longer
   */
  private async ended(id: string, job: PhotoJob, signal: AbortSignal): Promise<Job | undefined> {
    let sign = this.signs.next(id);
    let found: Job | undefined;
    while (!signal.aborted) {
      // A server that lost its memory knows no job: the job is added again.
      if (!found) await this.queue.add(JOB, this.queued(job), { jobId: id });
      await sign;
      // Listens before it looks: the job may end in between.
      sign = this.signs.next(id);
      found = await this.queue.getJob(id);
      if (found?.finishedOn !== undefined) return found;
    }
    return undefined;
  }

  private queued({ entry, known }: PhotoJob): QueuedJob {
    const version = this.plan.versions?.get(entry.path);
    const { address } = this.exchange;
    return {
      run: this.run,
      tool: VERSION,
      entry,
      settings: this.hash,
      known: [...known],
      exchange: address,
      ...(version !== undefined && { version }),
    };
  }

  private async laySettings(): Promise<void> {
    await this.plan.connection.redis.set(
      settingsKey(this.run, this.hash),
      JSON.stringify(this.plan.settings),
    );
  }

  private async hasSettings(): Promise<boolean> {
    return (await this.plan.connection.redis.exists(settingsKey(this.run, this.hash))) === 1;
  }

  private async refusalOf(job: PhotoJob, why: 'lost' | 'not-right'): Promise<Treatment> {
    const error = new ImageDeidError({ id: `error/worker-crashed/${why}`, values: {} }, 'worker');
    return refusal(job, error, isRemote(job) ? undefined : await factsOfSource(job), []);
  }

  /** A worker cannot read what can be read here: its mounts or rights are at fault, not the photo. */
  private async isSeenHere(treatment: Treatment, job: PhotoJob): Promise<boolean> {
    if (treatment.kind !== 'treated' || treatment.draft.error?.code !== 'unreadable') return false;
    return !isRemote(job) && (await canBeOpened(arrived(job.entry).path));
  }

  private async lookForWorkers(): Promise<void> {
    const { connection, onNoWorker } = this.plan;
    // A lost server has been reported already.
    if (connection.redis.status !== 'ready') return;
    const isAlone = this.unfinished > 0 && (await livingWorkers(connection.redis)).length === 0;
    this.looksWithoutWorker = isAlone ? this.looksWithoutWorker + 1 : 0;
    if (this.looksWithoutWorker === LOOKS) onNoWorker?.();
  }

  /** Removes what only this run needs, now that it is complete. */
  private async removeAll(): Promise<void> {
    for (const job of await this.queue.getJobs(['completed', 'failed', 'waiting'])) {
      if (parseJob(job.data)?.run === this.run) await job.remove();
    }
    await this.plan.connection.redis.del(settingsKey(this.run, this.hash));
    await this.exchange.removeAll();
  }
}

function optionsOf({ connection }: QueuePlan) {
  return { connection: connection.options, prefix: PREFIX };
}

/** The event after which to listen: otherwise one that comes before the listener is ready would be lost. */
async function lastEvent({ redis }: QueueConnection): Promise<string> {
  const [last] = await redis.xrevrange(EVENTS_KEY, '+', '-', 'COUNT', 1);
  return last?.[0] ?? '0';
}

/** Gives up waiting for work when `signal` says so: the work goes on elsewhere, and the next run takes it up. */
function leaving(signal: AbortSignal, work: Promise<Treatment>): Promise<Treatment> {
  // Every photo on its way adds one listener.
  setMaxListeners(0, signal);
  return new Promise((resolve, reject) => {
    const leave = () => {
      resolve({ kind: 'left' });
    };
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', leave);
    });
  });
}

function isRemote({ entry }: PhotoJob): boolean {
  return isS3Address(arrived(entry).path.toString());
}

async function canBeOpened(path: Buffer): Promise<boolean> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return (await handle.stat()).isFile();
  } catch {
    return false;
  } finally {
    await handle?.close();
  }
}

function notUnderstood(): ImageDeidError {
  return new ImageDeidError(
    { id: 'error/queue-unavailable/not-understood', values: { version: VERSION } },
    'worker',
  );
}

function unseen(): ImageDeidError {
  return new ImageDeidError({ id: 'error/input-gone/unseen', values: {} }, 'read');
}
