import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ONE_COLLECTOR, SELDOM_COLLECTED } from '../core/collecting.js';
import { ImageDeidError, type ErrorFinding } from '../core/errors.js';
import type { ModelIdentity } from '../models/model-store.js';
import { START_SECONDS } from './child-process.js';
import type { SourceFacts } from '../pipeline/index.js';
import type { PhotoJob, Treatment } from './contract.js';
import { factsOfSource, refusal } from './treat-photo.js';
import {
  fromWorkerSchema,
  OVER_MEMORY,
  type FromWorker,
  type ToWorker,
  type WorkerStart,
} from './worker-messages.js';

const SCRIPT = fileURLToPath(new URL('./worker-main.js', import.meta.url));
/** Engines keep a little of the most memory they ever had; a fresh process now and then keeps that from adding up. */
export const PHOTOS_PER_PROCESS = 500;

/**
 * glibc keeps freed memory for later, per thread, while networks ask for large pieces of ever-changing sizes. These
 * settings make it return memory at once and use pages of 2 MB, so that this costs little (docs/PERFORMANCE.md). Other
 * C libraries ignore them.
 */
export const FREED_IS_FREE = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '4000000',
  GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
};

/** How a worker's V8 collects garbage. */
export const COLLECTING = [ONE_COLLECTOR, SELDOM_COLLECTED] as const;

export interface WorkerLimits extends WorkerStart {
  /** Longest time for one photo. */
  readonly seconds: number;
  /** How many photos a process treats before a fresh one takes its place. */
  readonly photos: number;
}

/** A living process and what it reported when it started. */
interface Living {
  readonly child: ChildProcess;
  readonly models: readonly ModelIdentity[];
  /** How many photos it has treated. */
  photos: number;
}

/**
 * A process that treats one photo at a time, replaced when a photo has killed it and after many photos. Processes, not
 * threads or a pool's workers: native code that hangs or crashes can only be ended with its process, by SIGKILL.
 */
export class PhotoWorker {
  private living: Living | undefined;
  /** Settles when `fresh` is ready, or could not be started. */
  private starting: Promise<void> | undefined;
  /** Takes the place of the living process at the next photo. */
  private fresh: Living | undefined;
  private readonly children = new Set<ChildProcess>();

  constructor(private readonly limits: WorkerLimits) {}

  /** Process numbers of the living process, if any, and of the one that is to follow it. */
  get pids(): number[] {
    return [...this.children].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  /**
   * @throws {ImageDeidError} those of `ENDS_THE_RUN`
   */
  async treat(job: PhotoJob): Promise<Treatment> {
    const living = (this.living = await this.ready());
    const { child, models } = living;
    let read: SourceFacts | undefined;
    const end = await ask(child, { job }, this.limits.seconds, (message) => {
      if ('read' in message) read = message.read;
      return 'treatment' in message || 'failed' in message;
    });
    if (end.kind === 'answer' && 'treatment' in end.message) {
      if (++living.photos >= this.limits.photos) this.beginNext();
      return end.message.treatment;
    }
    if (end.kind === 'answer' && 'failed' in end.message) throw ImageDeidError.from(end.message.failed);
    this.living = undefined;
    return refusal(job, this.errorOf(end), read ?? (await factsOfSource(job)), models);
  }

  /** Ends the process at once. */
  async stop(): Promise<void> {
    await Promise.all([...this.children].map(kill));
    await this.starting;
    this.living = this.starting = this.fresh = undefined;
  }

  private async ready(): Promise<Living> {
    // A process that died while idle costs no photo.
    const isAlive = () => this.living?.child.connected === true;
    if (!isAlive()) await this.starting;
    if (this.fresh) {
      if (this.living) await kill(this.living.child);
      this.living = this.fresh;
      this.starting = this.fresh = undefined;
    }
    return this.living && isAlive() ? this.living : this.begin();
  }

  /** Starts the next process while the living one still works, so that no photo waits for it. */
  private beginNext(): void {
    this.starting ??= this.begin().then(
      (fresh) => {
        this.fresh = fresh;
      },
      // The next photo tries again.
      () => {
        this.starting = undefined;
      },
    );
  }

  private async begin(): Promise<Living> {
    const child = fork(SCRIPT, {
      // What libraries print may quote a photo's metadata.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { ...process.env, ...FREED_IS_FREE },
      execArgv: [...process.execArgv, ...COLLECTING],
    });
    this.children.add(child);
    child.once('exit', () => this.children.delete(child));
    const { staging, threads, mostMiB } = this.limits;
    const start = { staging, threads, mostMiB };
    const end = await ask(
      child,
      { start },
      START_SECONDS,
      (message) => 'ready' in message || 'failed' in message,
    );
    if (end.kind === 'answer' && 'ready' in end.message) {
      return { child, models: end.message.ready.models, photos: 0 };
    }
    await kill(child);
    if (end.kind === 'answer' && 'failed' in end.message) throw ImageDeidError.from(end.message.failed);
    const finding: ErrorFinding =
      end.kind === 'timeout'
        ? { id: 'error/engine-unavailable/slow-process', values: { seconds: START_SECONDS } }
        : {
            id: 'error/engine-unavailable/process',
            values: { exit: end.kind === 'exit' ? end.code : '' },
          };
    throw new ImageDeidError(finding, 'models');
  }

  private errorOf(end: End): ImageDeidError {
    if (end.kind === 'timeout') {
      return new ImageDeidError(
        { id: 'error/timeout/photo', values: { seconds: this.limits.seconds } },
        'worker',
      );
    }
    if (end.kind === 'exit' && end.code === String(OVER_MEMORY)) {
      return new ImageDeidError(
        { id: 'error/out-of-memory/photo', values: { most: this.limits.mostMiB } },
        'worker',
      );
    }
    return new ImageDeidError({ id: 'error/worker-crashed/process', values: {} }, 'worker');
  }
}

type End =
  | { readonly kind: 'answer'; readonly message: FromWorker }
  /** The process ended by itself: with an exit code or a signal. */
  | { readonly kind: 'exit'; readonly code: string }
  | { readonly kind: 'timeout' };

/** Sends a message and waits for the answer that ends it; a child that takes too long is killed. */
function ask(
  child: ChildProcess,
  message: ToWorker,
  seconds: number,
  isLast: (message: FromWorker) => boolean,
): Promise<End> {
  return new Promise((resolve) => {
    const finish = (end: End) => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      resolve(end);
    };
    const onMessage = (message: unknown) => {
      const answer = fromWorkerSchema.safeParse(message).data;
      // No worker sends such a message, so somebody else has control of it: it is killed, and its photo refused.
      if (!answer) child.kill('SIGKILL');
      else if (isLast(answer)) finish({ kind: 'answer', message: answer });
    };
    let isTooLate = false;
    const onExit = (code: number | null, signal: string | null) => {
      finish(isTooLate ? { kind: 'timeout' } : { kind: 'exit', code: String(code ?? signal) });
    };
    const onError = () => {
      finish({ kind: 'exit', code: 'no process' });
    };
    const timer = setTimeout(() => {
      isTooLate = true;
      child.kill('SIGKILL');
    }, seconds * 1000);
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    if (child.connected) child.send(message, () => undefined);
    else finish({ kind: 'exit', code: String(child.exitCode ?? child.signalCode) });
  });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
