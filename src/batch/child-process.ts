/** What all processes that treat photos for another process have in common. */

/** Longest time that such a process may take to start, in seconds: models may load from a slow disk. */
export const START_SECONDS = 120;

const MIB = 2 ** 20;
const LOOK_AT_MEMORY_EVERY = 250;

/** Called in the child: it ignores a terminal's signals to end, and ends when the process that started it does. */
export function liveWithLeader(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit(0));
}

/** Called in the child: `onOver` is called again and again while its resident memory is larger. */
export function watchMemory(mostMiB: number, onOver: () => void): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > mostMiB * MIB) onOver();
  }, LOOK_AT_MEMORY_EVERY).unref();
}
