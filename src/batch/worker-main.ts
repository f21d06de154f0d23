/** A process that treats one photo after the other for `PhotoWorker`; a crash in it costs one photo. */
import sharp from 'sharp';
import { composeToolbox } from '../compose.js';
import { asImageDeidError } from '../core/errors.js';
import { setEngineThreads } from '../models/threads.js';
import type { Toolbox } from '../pipeline/index.js';
import { liveWithLeader, watchMemory } from './child-process.js';
import type { PhotoJob } from './contract.js';
import { treatPhoto } from './treat-photo.js';
import {
  OVER_MEMORY,
  toWorkerSchema,
  type FromWorker,
  type ToWorker,
  type WorkerStart,
} from './worker-messages.js';

let toolbox: Toolbox;
let staging: string;
/** Exceeding the memory limit ends the process only while it treats a photo, which is then refused. */
let isBusy = false;

liveWithLeader();
process.on('message', (message) => {
  act(toWorkerSchema.parse(message)).then(send, (error: unknown) => {
    send({ failed: asImageDeidError(error, 'worker').toJSON() });
  });
});

function act(message: ToWorker): Promise<FromWorker> {
  return 'start' in message ? start(message.start) : treat(message.job);
}

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

async function treat(job: PhotoJob): Promise<FromWorker> {
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
