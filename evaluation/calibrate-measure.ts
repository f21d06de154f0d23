import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { SetId } from './calibrate-sets.ts';

export const ROLES = ['gallery', 'probe', 'distractor'] as const;
export type Role = (typeof ROLES)[number];

/** One photo, for a worker. */
export interface Job {
  readonly file: string;
  readonly role: Role;
  /** Name of the person. */
  readonly name: string;
  readonly seed: number;
  readonly set: SetId;
  /** Whether the tool's detector draws the boxes. */
  readonly byDetector: boolean;
}

const WHO = { name: z.string(), role: z.enum(ROLES) };
const BYTES = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const SKIN = z.object({ side: z.number(), rgb: BYTES, seen: BYTES });
const EMBEDDED = z.object({
  ...WHO,
  missed: z.literal(false),
  /** By condition and attacker. */
  embeddings: z.record(
    z.string(),
    z.record(
      z.string(),
      z.custom<Float32Array>((value) => value instanceof Float32Array),
    ),
  ),
  /** By condition: the share of the face's box that stays as it was, 0–1. */
  shares: z.record(z.string(), z.number()),
  /** By condition: what the attacker on skin sees. */
  skins: z.record(z.string(), SKIN),
  /** Width of the face's box, in pixels. */
  width: z.number(),
  /** Whether no eyes were seen, so that the face's place is a guess. */
  isGuess: z.boolean(),
});
export const RESULT = z.discriminatedUnion('missed', [
  z.object({ ...WHO, missed: z.literal(true) }),
  EMBEDDED,
]);
export type Embedded = z.infer<typeof EMBEDDED>;
/** A worker's answer. */
export type Result = z.infer<typeof RESULT>;

/**
 * Embeds every photo, on as many threads as there are processors; the result does not depend on their number.
 * @param onResult is called with every result as it arrives
 */
export async function measureFaces(jobs: readonly Job[], onResult: (result: Result) => void): Promise<void> {
  const waiting = [...jobs];
  const work = async () => {
    const worker = new Worker(new URL('calibrate-worker.ts', import.meta.url));
    try {
      for (let job = waiting.shift(); job; job = waiting.shift()) {
        worker.postMessage(job);
        const [message] = (await once(worker, 'message')) as [unknown];
        onResult(RESULT.parse(message));
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work));
}
