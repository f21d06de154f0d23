import { describe, expect, it } from 'vitest';
import type { LedgerDraft } from '../../publish/index.js';
import { serveMetrics, WorkerMetrics } from './index.js';

describe('the metrics of a worker', () => {
  it('count photos by outcome, errors by code, and photos being treated', async () => {
    const metrics = new WorkerMetrics(() => [process.pid]);
    const draft = {
      outcome: 'refused',
      error: { code: 'timeout', stage: 'worker', message: 'too long' },
      timings: { detect: 1500 },
    } as unknown as LedgerDraft;
    for (let i = 0; i < 3; i++) metrics.taken();
    metrics.treated({ kind: 'treated', source: 'timeout', draft }, 2);
    metrics.givenBack();
    const text = await metrics.text();
    expect(text).toContain('image_deid_photos_total{outcome="refused"} 1');
    expect(text).toContain('image_deid_errors_total{code="timeout"} 1');
    expect(text).toContain('image_deid_stage_seconds_bucket{le="2.5",stage="detect"} 1');
    expect(text).toContain('image_deid_photo_seconds_sum 2');
    expect(text).toContain('image_deid_jobs_in_work 1');
    const [, resident] = /^image_deid_resident_memory_bytes (\d+)$/m.exec(text)!;
    expect(Number(resident)).toBeGreaterThan(process.memoryUsage.rss());
  });

  it.each(['', 'localhost', '99999', '-1', 'host:'])('are not served at "%s"', async (where) => {
    await expect(serveMetrics(new WorkerMetrics(() => []), where)).rejects.toMatchObject({ code: 'usage' });
  });
});
