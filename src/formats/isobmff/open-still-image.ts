import { ImageDeidError } from '../../core/errors.js';
import type { Limits } from '../../core/limits.js';
import { findBox, readBoxes, viewOf, type ContainerBox } from './boxes.js';
import type { ImageItems } from './items.js';
import { itemsOf } from './walk-boxes.js';

export interface StillImage {
  /** Of the primary item before it is turned or cropped, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly items: ImageItems;
  /** The properties of the primary item. */
  readonly properties: readonly ContainerBox[];
}

/**
 * Checks that a file holds one still image that is worth decoding: whole, with a primary item, no sequence of
 * samples, and within the limits.
 * @throws {ImageDeidError} truncated, malformed, too-many-frames, too-many-pixels
 */
export function openStillImage(bytes: Uint8Array, limits: Limits): StillImage {
  const file = readBoxes(bytes);
  if (file.damage.some((d) => d.known && d.end === bytes.length)) {
    throw new ImageDeidError({ id: 'error/truncated/box', values: {} }, 'decode');
  }
  if (samplesOf(bytes, file.boxes) > 1) {
    throw new ImageDeidError({ id: 'error/too-many-frames/sequence', values: {} }, 'decode');
  }
  const items = itemsOf(bytes, file);
  if (items === undefined || items === 'damaged' || items.primary === undefined) {
    throw new ImageDeidError({ id: 'error/malformed/no-primary', values: {} }, 'decode');
  }
  const primary = items.items.get(items.primary);
  if (!primary) throw new ImageDeidError({ id: 'error/malformed/primary-absent', values: {} }, 'decode');
  checkExtents(bytes, items);
  const properties = (items.associations.get(primary.id) ?? []).flatMap((i) => items.properties[i] ?? []);
  const ispe = properties.find((p) => p.type === 'ispe');
  if (!ispe || ispe.end - ispe.content < 12) {
    throw new ImageDeidError({ id: 'error/malformed/primary-size', values: {} }, 'decode');
  }
  const view = viewOf(bytes);
  const [width, height] = [view.getUint32(ispe.content + 4), view.getUint32(ispe.content + 8)];
  checkPixels(bytes, items, limits);
  return { width, height, items, properties };
}

/** How many frames the tracks of a movie hold at most; Infinity when they are in fragments. */
function samplesOf(bytes: Uint8Array, boxes: readonly ContainerBox[]): number {
  if (boxes.some((b) => b.type === 'moof')) return Infinity;
  const tracks = boxes.filter((b) => b.type === 'moov').flatMap((b) => b.children);
  let most = 0;
  for (const track of tracks.filter((b) => b.type === 'trak')) {
    const table = findBox(track.children, 'mdia', 'minf', 'stbl')?.children ?? [];
    const sizes = table.find((b) => b.type === 'stsz' || b.type === 'stz2');
    // A track whose number of samples cannot be read counts as a sequence.
    const count =
      sizes && sizes.end - sizes.content >= 12 ? viewOf(bytes).getUint32(sizes.content + 8) : Infinity;
    most = Math.max(most, count);
  }
  return most;
}

function checkExtents(bytes: Uint8Array, items: ImageItems): void {
  for (const item of items.items.values()) {
    if (item.extents.some((e) => e.offset + e.length > bytes.length)) {
      throw new ImageDeidError({ id: 'error/truncated/extent', values: {} }, 'decode');
    }
  }
}

/** Every stated size is checked, because a decoder may look at more than the primary image. */
function checkPixels(bytes: Uint8Array, items: ImageItems, limits: Limits): void {
  const view = viewOf(bytes);
  for (const box of items.properties) {
    if (box.type !== 'ispe' || box.end - box.content < 12) continue;
    const pixels = view.getUint32(box.content + 4) * view.getUint32(box.content + 8);
    if (pixels > limits.maxPixels) {
      throw new ImageDeidError({ id: 'error/too-many-pixels/counted', values: { most: limits.maxPixels, received: pixels } }, 'decode'); // prettier-ignore
    }
    if (pixels === 0) throw new ImageDeidError({ id: 'error/malformed/image-size', values: {} }, 'decode');
  }
}
