/** The process in which the page's photos are decoded, looked at and written, for `PhotoProcess`. */
import { composeToolbox } from '../../compose.js';
import { divide, thisMachine } from '../../batch/machine.js';
import { asImageDeidError } from '../../core/errors.js';
import type { Desk, DeskAnswer, DeskCall } from './desk.js';
import { PhotoDesk } from './photo-desk.js';

const MIB = 2 ** 20;
const LOOK_AT_MEMORY_EVERY = 250;

// Ctrl-C reaches every process of a terminal; what it means is for the server.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));

/** One photo after the other, as `image-deid run --jobs 1` gives it. */
const { mostMiB } = divide(thisMachine(), 1);
setInterval(() => {
  if (process.memoryUsage.rss() > mostMiB * MIB) process.exit(1);
}, LOOK_AT_MEMORY_EVERY).unref();

const desk = composeToolbox().then((toolbox) => new PhotoDesk(toolbox));
answer(0, async () => {
  await desk;
});
process.on('message', ({ call, method, args }: DeskCall) => {
  answer(call, async () => {
    const acts = (await desk) as Record<keyof Desk, (...args: readonly unknown[]) => Promise<unknown>>;
    return acts[method](...args);
  });
});

function answer(call: number, act: () => Promise<unknown>): void {
  const send = (message: DeskAnswer) => process.send?.(message);
  act().then(
    (result) => send({ call, result }),
    (error: unknown) => send({ call, failed: asImageDeidError(error, 'worker').toJSON() }),
  );
}
