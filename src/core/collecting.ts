/**
 * For a process that treats photos. A photo's buffers lie outside V8's heap and still count for it, so that V8 would mark
 * its 20 MB anew for every 64 MB of them, sixteen times for a photo of 12 megapixels (docs/PERFORMANCE.md).
 */
export const SELDOM_COLLECTED = '--heap-growing-percent=100';

/** For a process beside others that fill the cores: V8's helpers for collecting garbage only wait for each other. */
export const ONE_COLLECTOR = '--single-threaded-gc';
