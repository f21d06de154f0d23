import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Treatment } from '../../batch/index.js';
import { residentMemory } from './resident-memory.js';

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];
const ALL = 'image_deid';

/** What a worker counts, in Prometheus' text format. Labels hold only words of this project, never a name. */
export class WorkerMetrics {
  private readonly registry = new Registry();
  private readonly photos = this.counter('photos_total', 'Photos by outcome', 'outcome');
  private readonly errors = this.counter('errors_total', 'Refused photos by code', 'code');
  private readonly seconds = new Histogram({
    name: `${ALL}_photo_seconds`,
    help: 'From taking a job to having delivered its photo',
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly stages = new Histogram({
    name: `${ALL}_stage_seconds`,
    help: 'Of one photo, by stage',
    labelNames: ['stage'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly inWork = new Gauge({
    name: `${ALL}_jobs_in_work`,
    help: 'Photos in work now',
    registers: [this.registry],
  });

  /** @param pids returns the numbers of the processes that treat photos */
  constructor(pids: () => readonly number[]) {
    new Gauge({
      name: `${ALL}_resident_memory_bytes`,
      help: 'Of the worker and the processes that treat photos',
      registers: [this.registry],
      async collect() {
        this.set(await residentMemory(pids()));
      },
    });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  taken(): void {
    this.inWork.inc();
  }

  givenBack(): void {
    this.inWork.dec();
  }

  treated(treatment: Treatment, seconds: number): void {
    this.inWork.dec();
    this.seconds.observe(seconds);
    if (treatment.kind !== 'treated') {
      this.photos.inc({ outcome: 'known' });
      return;
    }
    const { outcome, error, timings } = treatment.draft;
    this.photos.inc({ outcome });
    if (error) this.errors.inc({ code: error.code });
    for (const [stage, ms] of Object.entries(timings)) this.stages.observe({ stage }, ms / 1000);
  }

  /** All metrics as they are now. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  private counter<L extends string>(name: string, help: string, label: L): Counter<L> {
    return new Counter({ name: `${ALL}_${name}`, help, labelNames: [label], registers: [this.registry] });
  }
}
