/** The process in which the page's photos are decoded, looked at and written, for `PhotoProcess`. */
import { composeToolbox } from '../../compose.js';
import { divide, liveWithLeader, thisMachine, watchMemory } from '../../batch/index.js';
import { asImageDeidError } from '../../core/errors.js';
import { deskCallSchema } from './desk-schema.js';
import type { Desk, DeskAnswer } from './desk.js';
import { PhotoDesk } from './photo-desk.js';

liveWithLeader();

/** One photo at a time, with the memory that `image-deid run --jobs 1` allows. */
const { mostMiB } = divide(thisMachine(), 1);
watchMemory(mostMiB, () => process.exit(1));

const desk = composeToolbox().then((toolbox) => new PhotoDesk(toolbox));
answer(0, async () => {
  await desk;
});
process.on('message', (message) => {
  const { call, method, args } = deskCallSchema.parse(message);
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
