import type { Treatment } from '../../batch/contract.js';
import { asImageDeidError, ImageDeidError } from '../../core/errors.js';
import { addLogOption, addMachineOptions, observerFor, openPool } from '../batch-options.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { listenForInterruption } from '../interruption.js';
import { addQueueOptions, connectQueue } from '../queue-options.js';

const LEASE_SECONDS = 30;

/** `image-deid worker`: treats photos of a queue on this machine. */
export const workerCommand: Command = {
  usage: 'worker',
  description: 'Treat photos that "enqueue" put into a queue, until it is stopped',
  build: (argv) =>
    addQueueOptions(addMachineOptions(addLogOption(argv)))
      .option('metrics', {
        type: 'string',
        requiresArg: true,
        describe: 'Serve Prometheus metrics at http://127.0.0.1:PORT/metrics; HOST:PORT for another address',
      })
      .option('lease', {
        type: 'number',
        requiresArg: true,
        default: LEASE_SECONDS,
        describe:
          'Seconds without a sign of life after which the photos of a worker go to another; the same for all',
      })
      .example('$0 worker --redis redis://queue:6379', 'As many photos at once as fit')
      .example(
        '$0 worker --jobs 4 --metrics 9464 --log json',
        'As a service; SIGTERM finishes what is in work',
      ),
  run: async (argv) => {
    const lease = leaseOf(argv['lease']);
    const observer = observerFor(argv);
    const [{ QueueWorker }, { Scratch }, { WorkerMetrics, serveMetrics }] = await Promise.all([
      import('../../queue/index.js'),
      import('../../queue/storage/index.js'),
      import('../../queue/metrics/index.js'),
    ]);
    const connection = await connectQueue(argv);
    const scratch = await Scratch.open();
    const pool = openPool(argv, scratch.staging);
    const metrics = new WorkerMetrics(() => pool.pids);
    let endMetrics: (() => void) | undefined;
    let interruption: ReturnType<typeof listenForInterruption> | undefined;
    try {
      if (typeof argv['metrics'] === 'string') endMetrics = await serveMetrics(metrics, argv['metrics']);
      connection.watch((note) => {
        observer.note(note);
      });
      const worker = new QueueWorker({
        connection,
        treater: pool,
        jobs: pool.jobs,
        scratch,
        lease,
        onTaken: () => {
          metrics.taken();
        },
        onTreated: (treatment: Treatment, seconds: number) => {
          metrics.treated(treatment, seconds);
          observer.step({
            hasChanged: false,
            ...(treatment.kind === 'treated' && { record: treatment.draft }),
          });
        },
        onGivenBack: () => {
          metrics.givenBack();
        },
      });
      interruption = listenForInterruption(() => {
        observer.note('stopping');
        worker.stop().catch(() => undefined);
      });
      observer.note('worker-started');
      await worker.done();
      observer.note('worker-stopped');
      return EXIT.allCleared;
    } catch (error) {
      observer.fail(asImageDeidError(error, 'worker'));
      throw error;
    } finally {
      interruption?.end();
      endMetrics?.();
      await pool.close();
      await scratch.remove();
      connection.close();
    }
  },
};

/** Shorter than a second, and a busy machine would lose its own photos. */
function leaseOf(value: unknown): number {
  if (typeof value === 'number' && value >= 1) return value;
  throw new ImageDeidError('usage', 'usage', 'Expected --lease with seconds from 1');
}
