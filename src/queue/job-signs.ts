import type { QueueEvents } from 'bullmq';

/**
 * Signs that something became of a job. An event may be lost with the connection or trimmed from the server's stream,
 * so everybody who waits is also woken now and then to look for themselves.
 */
export class JobSigns {
  private readonly waiting = new Map<string, () => void>();
  private readonly timer: NodeJS.Timeout;
  private readonly ended: Set<string>;

  /**
   * @param ended jobs that had ended before `events` began: nothing will be told about them any more
   * @param lookEvery milliseconds between two such wake-ups
   */
  constructor(events: QueueEvents, ended: readonly string[], lookEvery: number) {
    this.ended = new Set(ended);
    const tell = ({ jobId }: { jobId: string }) => {
      this.waiting.get(jobId)?.();
    };
    events.on('completed', tell).on('failed', tell);
    this.timer = setInterval(() => {
      for (const wake of [...this.waiting.values()]) wake();
    }, lookEvery);
  }

  /** Settles at the next sign of a job; only one caller may wait for a photo. */
  next(id: string): Promise<void> {
    if (this.ended.delete(id)) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiting.set(id, () => {
        this.waiting.delete(id);
        resolve();
      });
    });
  }

  /** Stops waiting for a job. */
  forget(id: string): void {
    this.waiting.delete(id);
  }

  close(): void {
    clearInterval(this.timer);
    this.waiting.clear();
  }
}
