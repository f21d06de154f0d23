import { ImageDeidError } from '../../core/errors.js';
import { DEAD_AFTER } from '../api.js';
import type { OpenPhoto } from './open-photo.js';

/** Photos at once; each takes some hundred megabytes when it is large. */
const MOST_PHOTOS = 4;
const LOOK_EVERY = 5_000;

/**
 * The photos that pages have open. They are dropped when the page closes them, when it has shown no sign of life for a
 * minute, and, the oldest first, when there are too many.
 */
export class PhotoStore {
  private readonly photos = new Map<string, OpenPhoto>();
  private lastSign: number;
  private readonly looking: ReturnType<typeof setInterval>;

  /** @param now milliseconds */
  constructor(private readonly now: () => number = () => performance.now()) {
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

  add(photo: OpenPhoto): void {
    this.photos.set(photo.id, photo);
    for (const id of this.photos.keys()) {
      if (this.photos.size <= MOST_PHOTOS) break;
      this.photos.delete(id);
    }
  }

  /** @throws {ImageDeidError} usage, when the photo is not open any more */
  get(id: string): OpenPhoto {
    const photo = this.photos.get(id);
    if (photo) return photo;
    throw new ImageDeidError('usage', 'usage', 'The photo is not open any more; drop it again');
  }

  delete(id: string): void {
    this.photos.delete(id);
  }

  get size(): number {
    return this.photos.size;
  }

  /** Drops everything when no page has shown life. */
  dropOfTheDead(): void {
    if (this.now() - this.lastSign > DEAD_AFTER) this.photos.clear();
  }

  close(): void {
    clearInterval(this.looking);
    this.photos.clear();
  }
}
