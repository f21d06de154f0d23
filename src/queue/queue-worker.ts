import { randomBytes } from 'node:crypto';
import { opendir } from 'node:fs/promises';
import { ErrorCode, WaitingError, Worker, type Job } from 'bullmq';
import { z } from 'zod';
import { arrived, type PhotoJob, type PhotoTreater, refusal, type Treatment } from '../batch/index.js';
import { asImageDeidError, ENDS_THE_RUN, ImageDeidError } from '../core/errors.js';
import { VERSION } from '../core/version.js';
import type { ProcessSettings } from '../pipeline/index.js';
import {
  isS3Address,
  openExchange,
  openS3Photos,
  type Exchange,
  type PhotoStore,
  type Scratch,
} from './storage/index.js';
import type { QueueConnection } from './connection.js';
import { PREFIX, QUEUE, settingsKey, workerKey } from './names.js';
import { parseJob, parseQueuedSettings, stagedNames, withTreatment, type QueuedJob } from './queued-job.js';

/** A job that has lost its worker more often than this is refused. */
const MOST_STALLS = 2;
const ID_BYTES = 8;
/** BullMQ's errors for a job that was lost or given to another worker. */
const goneSchema = z.object({
  code: z.literal([
    ErrorCode.JobNotExist,
    ErrorCode.JobLockNotExist,
    ErrorCode.JobLockMismatch,
    ErrorCode.JobNotInState,
  ]),
});

export interface WorkerPlan {
  readonly connection: QueueConnection;
  readonly treater: PhotoTreater;
  /** How many photos at once. */
  readonly jobs: number;
  readonly scratch: Scratch;
  /** Seconds without a sign of life after which a worker's jobs go to another; should be the same for all workers. */
  readonly lease: number;
  readonly onTaken: () => void;
  /** @param seconds from taking the job until its result was delivered */
  readonly onTreated: (treatment: Treatment, seconds: number) => void;
  /** Called when a job went back to the queue. */
  readonly onGivenBack: () => void;
}

/** Takes photos from the queue until it is told to stop, or until something fails that is not a photo's fault. */
export class QueueWorker {
  private readonly worker: Worker;
  private readonly id = randomBytes(ID_BYTES).toString('hex');
  private readonly settings = new Map<string, ProcessSettings>();
  private readonly exchanges = new Map<string, Promise<Exchange>>();
  private readonly beat: NodeJS.Timeout;
  private photos: PhotoStore | undefined;
  private inWork = 0;
  private failure: ImageDeidError | undefined;
  private stopping: Promise<void> | undefined;
  private readonly stopped: Promise<void>;
  private tellStopped: () => void = () => undefined;

  constructor(private readonly plan: WorkerPlan) {
    this.stopped = new Promise((resolve) => (this.tellStopped = resolve));
    const milliseconds = plan.lease * 1000;
    this.worker = new Worker(QUEUE, (job, token) => this.process(job, token), {
      connection: plan.connection.options,
      prefix: PREFIX,
      concurrency: plan.jobs,
      lockDuration: milliseconds,
      stalledInterval: milliseconds,
      maxStalledCount: MOST_STALLS,
    });
    // The connection beside it reports when it is lost; a lost lock only means that another worker has the photo.
    this.worker.on('error', () => undefined);
    this.beat = setInterval(() => {
      this.showLife().catch(() => undefined);
    }, milliseconds / 3);
    this.showLife().catch(() => undefined);
  }

  /** Takes no more photos and finishes those that are being treated. */
  stop(): Promise<void> {
    this.stopping ??= this.end().finally(() => {
      clearInterval(this.beat);
      this.tellStopped();
    });
    return this.stopping;
  }

  /**
   * Resolves when it has stopped.
   * @throws {ImageDeidError} of `ENDS_THE_RUN`: why it stopped by itself
   */
  async done(): Promise<void> {
    await this.stopped;
    if (this.failure) throw this.failure;
  }

  private async end(): Promise<void> {
    const { connection } = this.plan;
    // The server cannot be told what became of the photos being treated: their leases simply end.
    if (connection.redis.status !== 'ready') {
      connection.close();
      await this.worker.close(true);
      return;
    }
    await this.worker.close();
    await connection.redis.del(workerKey(this.id));
  }

  private async process(job: Job, token?: string): Promise<null> {
    const start = performance.now();
    this.inWork++;
    this.plan.onTaken();
    try {
      const queued = parseJob(job.data);
      if (!queued) throw new JobError('not a job of this version');
      const treatment = await this.treat(queued);
      if (!(await this.isTaken(job, withTreatment(queued, treatment)))) {
        await (await this.exchangeOf(queued)).remove(stagedNames(treatment));
        this.plan.onGivenBack();
        return null;
      }
      this.plan.onTreated(treatment, (performance.now() - start) / 1000);
      // What became of the photo is stored in the job, not returned: BullMQ copies this value into its stream of
      // events.
      return null;
    } catch (error) {
      this.plan.onGivenBack();
      if (error instanceof JobError) throw error;
      this.failure ??= asImageDeidError(error, 'worker');
      // Stops before the job goes back, so that this worker does not take it again.
      this.stop().catch(() => undefined);
      // If the job cannot be given back now, another worker takes it over when its lease ends.
      await job.moveToWait(token).catch(() => undefined);
      throw new WaitingError();
    } finally {
      this.inWork--;
    }
  }

  /**
   * Stores in a job what became of it.
   * @returns false when the job is no longer this worker's: the server lost its memory, or the lease ran out
   */
  private async isTaken(job: Job, data: object): Promise<boolean> {
    try {
      await job.updateData(data);
      return true;
    } catch (error) {
      if (goneSchema.safeParse(error).success) return false;
      throw error;
    }
  }

  private async treat(queued: QueuedJob): Promise<Treatment> {
    if (queued.tool !== VERSION) throw otherVersion();
    const settings = await this.settingsOf(queued);
    const exchange = await this.exchangeOf(queued);
    const { entry, known } = queued;
    const treatment = isS3Address(arrived(entry).path.toString())
      ? await this.treatFetched({ entry, known, settings }, queued.version)
      : await this.treatHere({ entry, known, settings });
    await exchange.deliver(this.plan.scratch.staging, stagedNames(treatment));
    return treatment;
  }

  private async treatHere(job: PhotoJob): Promise<Treatment> {
    const treatment = await this.local(job);
    if (treatment.kind === 'treated' && treatment.draft.error?.code === 'unreadable') {
      await assertMounted(arrived(job.entry).root);
    }
    return treatment;
  }

  private treatFetched(job: PhotoJob, version?: string): Promise<Treatment> {
    return this.plan.scratch.withInbox(async (inbox) => {
      const entry = arrived(job.entry);
      try {
        this.photos ??= await openS3Photos();
        const { path, root, named } = await this.photos.fetch(entry, version, inbox, job.settings.limits);
        const here = { path: path.toString('base64'), root: root.toString('base64'), named };
        return await this.local({ ...job, entry: here });
      } catch (error) {
        const known = asImageDeidError(error, 'read');
        if (ENDS_THE_RUN.includes(known.code) || known.code === 'usage') throw known;
        return refusal(job, known, undefined, []);
      }
    });
  }

  /** A photo that is being treated here is always finished: it gets a signal that never comes. */
  private local(job: PhotoJob): Promise<Treatment> {
    return this.plan.treater.treat(job, new AbortController().signal);
  }

  private async settingsOf({ run, settings: hash }: QueuedJob): Promise<ProcessSettings> {
    const key = settingsKey(run, hash);
    const known = this.settings.get(key);
    if (known) return known;
    const text = await this.plan.connection.redis.get(key);
    const settings = text === null ? undefined : understood(text, hash);
    if (!settings) throw new JobError('its run is not there');
    this.settings.set(key, settings);
    return settings;
  }

  private async exchangeOf({ run, exchange: address }: QueuedJob): Promise<Exchange> {
    const key = `${run} ${address}`;
    let opening = this.exchanges.get(key);
    if (!opening) {
      opening = openExchange(address, run);
      this.exchanges.set(key, opening);
    }
    const exchange = await opening;
    await exchange.check();
    return exchange;
  }

  /** Tells `readStatus` how much is being treated here, but not by whom or where. */
  private async showLife(): Promise<void> {
    const { connection, jobs, lease } = this.plan;
    if (connection.redis.status !== 'ready') return;
    const sign = JSON.stringify({ jobs, inWork: this.inWork });
    await connection.redis.set(workerKey(this.id), sign, 'EX', Math.ceil(lease));
  }
}

function understood(text: string, hash: string): ProcessSettings | undefined {
  try {
    return parseQueuedSettings(text, hash);
  } catch (error) {
    throw new JobError(asImageDeidError(error, 'worker').message);
  }
}

/** Fails a job, after which its run finds out why; its message goes to Redis and names nothing. */
class JobError extends Error {}

/**
 * A drive that is not mounted leaves no folder or an empty one, although a photo was listed there.
 * @throws {ImageDeidError} input-gone
 */
async function assertMounted(root: Buffer): Promise<void> {
  try {
    const folder = await opendir(root);
    const first = await folder.read();
    await folder.close();
    if (first) return;
  } catch {
    // A folder that cannot be listed counts as empty.
  }
  throw new ImageDeidError(
    'input-gone',
    'read',
    'The folder of the photos is not there on this machine; mount it at the same path as where "enqueue" runs',
  );
}

function otherVersion(): ImageDeidError {
  const message = `The queue holds a run of another version of image-deid than this worker's ${VERSION}; install the same`;
  return new ImageDeidError('queue-unavailable', 'worker', message);
}
