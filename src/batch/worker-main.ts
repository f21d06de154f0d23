/** A process that treats one photo after the other for `PhotoWorker`; a crash in it costs one photo. */
import sharp from 'sharp';
import { composeToolbox } from '../compose.js';
import { asImageDeidError } from '../core/errors.js';
import { setEngineThreads } from '../models/threads.js';
import type { Toolbox } from '../pipeline/toolbox.js';
import { liveWithLeader, watchMemory } from './child-process.js';
import { treatPhoto } from './treat-photo.js';
import { OVER_MEMORY, type FromWorker, type ToWorker, type WorkerStart } from './worker-messages.js';

let toolbox: Toolbox;
let staging: string;
/** Only a photo is refused for memory. */
let isBusy = false;

liveWithLeader();
process.on('message', (message: ToWorker) => {
  const work = 'start' in message ? start(message.start) : treat(message.job);
  work.then(send, (error: unknown) => {
    send({ failed: asImageDeidError(error, 'worker').toJSON() });
  });
});

async function start({ staging: folder, threads, mostMiB }: WorkerStart): Promise<FromWorker> {
  staging = folder;
  setEngineThreads(threads);
  sharp.concurrency(threads);
  toolbox = await composeToolbox();
  watchMemory(mostMiB, () => {
    if (isBusy) process.exit(OVER_MEMORY);
  });
  return { ready: { models: toolbox.models } };
}

async function treat(job: Extract<ToWorker, { job: unknown }>['job']): Promise<FromWorker> {
  isBusy = true;
  try {
    const treatment = await treatPhoto(job, toolbox, staging, (read) => {
      send({ read });
    });
    return { treatment };
  } finally {
    isBusy = false;
  }
}

function send(message: FromWorker): void {
  process.send?.(message);
}
