import * as z from 'zod/mini';
import type { Treatment } from '../../batch/index.js';
import { asImageDeidError } from '../../core/errors.js';
import type { Fields } from '../../settings/field.js';
import { addLogOption, addMachineOptions, machineFrom, observerFrom, openPool } from '../batch-options.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { listenForInterruption } from '../interruption.js';
import { addFields, place, readFields } from '../option-fields.js';
import { addQueueOptions, connectQueue } from '../queue-options.js';

const LEASE_SECONDS = 30;
const MOST_SECONDS = 86_400;
const FIELDS = {
  metrics: place(
    'a port, or HOST:PORT',
    'Serve Prometheus metrics at http://127.0.0.1:PORT/metrics; HOST:PORT for another address',
  ),
  lease: {
    // With less than a second, a busy machine would lose its own photos.
    schema: z._default(z.number().check(z.minimum(1), z.maximum(MOST_SECONDS)), LEASE_SECONDS),
    expected: `a number of seconds from 1 to ${MOST_SECONDS}`,
    doc: 'Seconds without a sign of life after which the photos of a worker go to another; the same for all',
    kind: 'number',
  },
} as const satisfies Fields;

/** `image-deid worker`: treats photos of a queue on this machine. */
export const workerCommand: Command = {
  usage: 'worker',
  description: 'Treat photos that "enqueue" put into a queue, until it is stopped',
  build: (argv) =>
    addFields(addQueueOptions(addMachineOptions(addLogOption(argv))), FIELDS)
      .example('$0 worker --redis redis://queue:6379', 'As many photos at once as fit')
      .example(
        '$0 worker --jobs 4 --metrics 9464 --log json',
        'As a service; SIGTERM finishes what is in work',
      ),
  run: async (argv) => {
    const { lease, metrics: address } = readFields(argv, FIELDS);
    const [machine, observer] = [machineFrom(argv), observerFrom(argv)];
    const [{ QueueWorker }, { Scratch }, { WorkerMetrics, serveMetrics }] = await Promise.all([
      import('../../queue/index.js'),
      import('../../queue/storage/index.js'),
      import('../../queue/metrics/index.js'),
    ]);
    const connection = await connectQueue(argv);
    const scratch = await Scratch.open();
    const pool = openPool(machine, scratch.staging);
    const metrics = new WorkerMetrics(() => pool.pids);
    let endMetrics: (() => void) | undefined;
    let interruption: ReturnType<typeof listenForInterruption> | undefined;
    try {
      if (address !== undefined) endMetrics = await serveMetrics(metrics, address);
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
