import { DEAD_AFTER } from '../api.js';
import { CallError } from './call-error.js';

/** Photos at once; each takes some hundred megabytes when it is large. */
const MOST_PHOTOS = 4;
const LOOK_EVERY = 5_000;

/**
 * Which photos pages have open. They are dropped when the page closes them, when it has shown no sign of life for a
 * minute, and, the oldest first, when there are too many.
 */
export class PhotoStore {
  private readonly photos = new Set<string>();
  private lastSign: number;
  private readonly looking: ReturnType<typeof setInterval>;

  /**
   * @param drop lets go of a photo
   * @param now milliseconds
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

  /** A page is there. */
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

  /** The same id. @throws {CallError} gone, when the photo is not open any more */
  known(id: string): string {
    if (this.photos.has(id)) return id;
    throw new CallError('gone', 'The photo is not open any more; drop it again');
  }

  delete(id: string): void {
    if (this.photos.delete(id)) this.drop(id);
  }

  /** Whoever held the photos has died. */
  forget(): void {
    this.photos.clear();
  }

  get size(): number {
    return this.photos.size;
  }

  /** Drops everything when no page has shown life. */
  dropOfTheDead(): void {
    if (this.now() - this.lastSign <= DEAD_AFTER) return;
    for (const id of this.photos) this.delete(id);
  }

  close(): void {
    clearInterval(this.looking);
    this.photos.clear();
  }
}
