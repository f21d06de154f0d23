import { DEAD_AFTER } from '../api.js';
import { CallError } from './call-error.js';

/** Most photos open at once; a large one takes some hundred megabytes. */
const MOST_PHOTOS = 4;
const LOOK_EVERY = 5_000;

/**
 * Which photos the pages have open. They are dropped when the page closes them, when it has shown no sign of life for a
 * minute, and, the oldest first, when there are too many.
 */
export class PhotoStore {
  private readonly photos = new Set<string>();
  private lastSign: number;
  private readonly looking: ReturnType<typeof setInterval>;

  /**
   * @param drop frees a photo
   * @param now returns the time in milliseconds
   */
  constructor(
    private readonly drop: (id: string) => void,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.lastSign = now();
    this.looking = setInterval(() => {
      this.dropOfTheDead();
    }, LOOK_EVERY);
    this.looking.unref();
  }

  /** A page has shown that it is alive. */
  alive(): void {
    this.lastSign = this.now();
  }

  add(id: string): void {
    this.photos.add(id);
    for (const oldest of this.photos) {
      if (this.photos.size <= MOST_PHOTOS) break;
      this.delete(oldest);
    }
  }

  /** Returns the id of an open photo. @throws {CallError} gone, when the photo is no longer open */
  known(id: string): string {
    if (this.photos.has(id)) return id;
    throw new CallError('gone', 'The photo is not open any more; drop it again');
  }

  delete(id: string): void {
    if (this.photos.delete(id)) this.drop(id);
  }

  /** Forgets all photos, because the process that held them has died. */
  forget(): void {
    this.photos.clear();
  }

  get size(): number {
    return this.photos.size;
  }

  /** Drops everything when no page has shown a sign of life for too long. */
  dropOfTheDead(): void {
    if (this.now() - this.lastSign <= DEAD_AFTER) return;
    for (const id of this.photos) this.delete(id);
  }

  close(): void {
    clearInterval(this.looking);
    this.photos.clear();
  }
}
