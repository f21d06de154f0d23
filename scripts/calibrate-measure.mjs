import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/**
 * Embeds every photo on as many threads as there are processors; the result does not depend on how many.
 * @param jobs of { file, role, name, seed }; role is "gallery", "probe" or "distractor"
 * @param useDetector whether the tool's detector draws the boxes
 * @param onResult is told every result as it comes
 */
export async function measureFaces(jobs, useDetector, onResult) {
  const results = [];
  const waiting = [...jobs];
  const work = async () => {
    const worker = new Worker(new URL('calibrate-worker.mjs', import.meta.url), {
      workerData: { useDetector },
    });
    try {
      for (let job = waiting.shift(); job; job = waiting.shift()) {
        worker.postMessage(job);
        const [result] = await once(worker, 'message');
        results.push(result);
        onResult(result, results.length);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work));
  return results;
}
