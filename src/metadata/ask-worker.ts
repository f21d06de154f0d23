import { Worker } from 'node:worker_threads';

export type WorkerOutcome<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'timeout' }
  /** The thread threw, ran out of memory or ended in silence. */
  | { readonly kind: 'died'; readonly cause?: unknown };

/**
 * Runs a parser of untrusted bytes in a thread of its own and takes its first message as the answer, so that a
 * hang or an abort costs one photo. The program is CommonJS text, which is the same under plain tsc and vitest.
 * It settles when the thread is gone and its memory is free; it never rejects.
 * @param heapMib limit of the JavaScript heap; wasm memory and buffers lie outside it
 */
export async function askWorker<Answer>(
  program: string,
  workerData: object,
  seconds: number,
  heapMib: number,
): Promise<WorkerOutcome<Answer>> {
  const worker = startWorker(program, workerData, heapMib);
  const outcome = await answerOf<Answer>(worker, seconds);
  await ended(worker);
  return outcome;
}

/**
 * The same with a thread that is kept, because starting one takes ten times as long as most answers; it answers each
 * message with one. After anything but an answer the thread is ended, and the next question gets a new one. What the
 * program prints is kept as long as the thread: it should print nothing.
 */
export class KeptWorker<Question, Answer> {
  #worker: Worker | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly program: string,
    private readonly workerData: object,
    private readonly heapMib: number,
  ) {}

  /** Questions are answered one after the other. @param seconds from when it is this question's turn */
  ask(question: Question, seconds: number): Promise<WorkerOutcome<Answer>> {
    const asked = this.#turn.then(() => this.#askNow(question, seconds));
    this.#turn = asked;
    return asked;
  }

  async #askNow(question: Question, seconds: number): Promise<WorkerOutcome<Answer>> {
    const worker = (this.#worker ??= this.#start());
    worker.ref();
    worker.postMessage(question);
    const outcome = await answerOf<Answer>(worker, seconds);
    // A thread that waits for questions does not keep the process alive.
    worker.unref();
    if (outcome.kind !== 'answer') {
      this.#worker = undefined;
      await ended(worker);
    }
    return outcome;
  }

  #start(): Worker {
    const worker = startWorker(this.program, this.workerData, this.heapMib);
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    return worker;
  }
}

function startWorker(program: string, workerData: object, heapMib: number): Worker {
  const worker = new Worker(program, {
    eval: true,
    workerData,
    execArgv: [],
    env: {},
    // Parsers print complaints that may quote the file: nobody reads them.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: heapMib },
  });
  // After its answer nobody waits for its errors, which would otherwise end the process.
  worker.on('error', () => undefined);
  return worker;
}

function answerOf<Answer>(worker: Worker, seconds: number): Promise<WorkerOutcome<Answer>> {
  return new Promise((resolve) => {
    const finish = (outcome: WorkerOutcome<Answer>): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      resolve(outcome);
    };
    const onMessage = (answer: Answer): void => finish({ kind: 'answer', answer });
    const onError = (cause: unknown): void => finish({ kind: 'died', cause });
    const onExit = (): void => finish({ kind: 'died' });
    const timer = setTimeout(() => finish({ kind: 'timeout' }), seconds * 1000);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}

async function ended(worker: Worker): Promise<void> {
  await worker.terminate().catch(() => undefined);
}
