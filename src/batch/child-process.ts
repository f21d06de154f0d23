/** What every process has in common that treats photos for another one. */

/** Longest that one may take to begin, in seconds: loading models from a slow disk. */
export const START_SECONDS = 120;

const MIB = 2 ** 20;
const LOOK_AT_MEMORY_EVERY = 250;

/** Called in the child: it goes on when a terminal tells all its processes to end, and ends with the one that leads. */
export function liveWithLeader(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit(0));
}

/** Called in the child: `onOver` is called again and again while it has more resident memory. */
export function watchMemory(mostMiB: number, onOver: () => void): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > mostMiB * MIB) onOver();
  }, LOOK_AT_MEMORY_EVERY).unref();
}
