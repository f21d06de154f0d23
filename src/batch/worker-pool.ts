import type { PhotoJob, PhotoTreater, Treatment } from './contract.js';
import { PhotoWorker, type WorkerLimits } from './photo-worker.js';

/** Processes of this machine that treat photos side by side. */
export class WorkerPool implements PhotoTreater {
  private readonly idle: PhotoWorker[];
  private readonly all: readonly PhotoWorker[];
  private readonly waiting: ((worker: PhotoWorker) => void)[] = [];

  /** Starts no process before there is a photo for it. @param jobs how many processes, at least 1 */
  constructor(
    readonly jobs: number,
    limits: WorkerLimits,
  ) {
    this.all = Array.from({ length: jobs }, () => new PhotoWorker(limits));
    this.idle = [...this.all];
  }

  /** One more than there are processes: while one photo is published, the next is already being treated. */
  get width(): number {
    return this.jobs + 1;
  }

  /** Process numbers of the processes that are alive now. */
  get pids(): number[] {
    return this.all.flatMap(({ pids }) => pids);
  }

  async treat(job: PhotoJob): Promise<Treatment> {
    const worker =
      this.idle.shift() ?? (await new Promise<PhotoWorker>((resolve) => this.waiting.push(resolve)));
    try {
      return await worker.treat(job);
    } finally {
      const next = this.waiting.shift();
      if (next) next(worker);
      else this.idle.unshift(worker);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((worker) => worker.stop()));
  }
}
