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
export function askWorker<Answer>(
  program: string,
  workerData: object,
  seconds: number,
  heapMib: number,
): Promise<WorkerOutcome<Answer>> {
  const worker = new Worker(program, {
    eval: true,
    workerData,
    execArgv: [],
    env: {},
    // Parsers print complaints that may quote the file.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: heapMib },
  });
  return new Promise((resolve) => {
    let outcome: WorkerOutcome<Answer> | undefined;
    const finish = (found: WorkerOutcome<Answer>): void => {
      // Ending the thread makes it report its exit, which must not replace what it answered.
      if (outcome) return;
      outcome = found;
      clearTimeout(timer);
      const settle = (): void => resolve(found);
      void worker.terminate().then(settle, settle);
    };
    const timer = setTimeout(() => finish({ kind: 'timeout' }), seconds * 1000);
    worker.once('message', (answer: Answer) => finish({ kind: 'answer', answer }));
    worker.on('error', (cause) => finish({ kind: 'died', cause }));
    worker.once('exit', () => finish({ kind: 'died' }));
  });
}
