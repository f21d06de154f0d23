import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { START_SECONDS } from '../../batch/index.js';
import { SELDOM_COLLECTED } from '../../core/collecting.js';
import { ImageDeidError } from '../../core/errors.js';
import { CallError } from './call-error.js';
import { deskAnswerSchema, deskResults } from './desk-schema.js';
import type { Desk, DeskCall } from './desk.js';

const SCRIPT = fileURLToPath(new URL('./desk-main.js', import.meta.url));
/** Longest time for one call. A photo of 100 megapixels takes a minute or two; nobody waits longer for a page. */
const MOST_SECONDS = 300;

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
  readonly timer: NodeJS.Timeout;
}

/** A living process, and the callers that wait for its answers, by the number of their call. */
interface Living {
  readonly child: ChildProcess;
  readonly waiting: Map<number, Waiting>;
  ready: Promise<unknown>;
}

/**
 * The process that holds the page's photos, and does everything with them in which a hostile file could cause a crash
 * or a hang. It is killed when a call takes too long, and started again when it has died; then its photos are gone, but
 * not the page.
 */
export class PhotoProcess {
  private living: Living | undefined;
  private calls = 0;
  private isClosed = false;

  /**
   * @param onLost is called when the photos are gone
   * @param seconds longest time for one call
   */
  constructor(
    private readonly onLost: () => void,
    private readonly seconds = MOST_SECONDS,
  ) {}

  /** The process number, while there is a process. */
  get pid(): number | undefined {
    return this.living?.child.pid;
  }

  /** Waits until the process can work. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
  async begin(): Promise<void> {
    await this.process().ready;
  }

  /**
   * Calls a method of `Desk`.
   * @throws {ImageDeidError} what the method throws, and what `begin` throws
   * @throws {CallError} crashed, stopped
   */
  async call<K extends keyof Desk>(
    method: K,
    ...args: Parameters<Desk[K]>
  ): Promise<Awaited<ReturnType<Desk[K]>>> {
    const living = this.process();
    await living.ready;
    const call = ++this.calls;
    const answer = this.waitFor(living, call, this.seconds);
    // A process that has ended does not take the call; its end tells the caller.
    living.child.send({ call, method, args } satisfies DeskCall, () => undefined);
    const result = await answer;
    try {
      return deskResults[method](result);
    } catch (cause) {
      living.child.kill('SIGKILL');
      throw new CallError('crashed', 'The process that held the photo says what cannot be right', { cause });
    }
  }

  /** Ends the process at once, and with it every open photo. */
  async close(): Promise<void> {
    this.isClosed = true;
    const child = this.living?.child;
    if (child?.pid === undefined) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** The living process, or a new one. */
  private process(): Living {
    if (this.living) return this.living;
    const child = fork(SCRIPT, {
      // What libraries print may quote a photo's metadata.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
      execArgv: [...process.execArgv, SELDOM_COLLECTED],
    });
    const living: Living = { child, waiting: new Map(), ready: Promise.resolve() };
    this.living = living;
    let isReady = false;
    child.on('message', (message) => {
      const answer = deskAnswerSchema.safeParse(message).data;
      if (!answer) {
        child.kill('SIGKILL');
        return;
      }
      const waiting = take(living, answer.call);
      if ('failed' in answer) waiting?.reject(ImageDeidError.from(answer.failed));
      else waiting?.resolve(answer.result);
    });
    child.once('error', () => child.emit('exit'));
    child.once('exit', () => {
      this.lose(living);
      // Starts the next process now, so that no photo waits for it; one that failed to start is not started over and
      // over.
      if (isReady && !this.isClosed) this.process();
    });
    living.ready = this.waitFor(living, 0, START_SECONDS).then(
      () => {
        isReady = true;
      },
      (cause: unknown) => {
        child.kill('SIGKILL');
        if (cause instanceof ImageDeidError) throw cause;
        throw new ImageDeidError({ id: 'error/engine-unavailable/desk', values: {} }, 'models', { cause });
      },
    );
    // The caller gets this error.
    living.ready.catch(() => undefined);
    return living;
  }

  /** The answer to a call; a process that takes too long is killed, which also ends the other calls to it. */
  private waitFor(living: Living, call: number, seconds: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new CallError('stopped', `The photo took longer than ${seconds} s`));
        this.lose(living);
        living.child.kill('SIGKILL');
      }, seconds * 1000);
      living.waiting.set(call, { resolve, reject, timer });
    });
  }

  /** From now on nobody calls this process, or waits for it. */
  private lose(living: Living): void {
    if (this.living !== living) return;
    this.living = undefined;
    for (const call of [...living.waiting.keys()]) {
      take(living, call)?.reject(new CallError('crashed', 'The process that held the photo crashed'));
    }
    this.onLost();
  }
}

function take({ waiting }: Living, call: number): Waiting | undefined {
  const found = waiting.get(call);
  if (found) clearTimeout(found.timer);
  waiting.delete(call);
  return found;
}
