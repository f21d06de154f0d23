import { boundingBox, boxPolygon, type Polygon } from '../../../core/geometry.js';
import { changeRegion, removeRegion } from '../model/merge-regions.js';
import { isFixed, type RegionKind } from '../model/region.js';
import { moveWithin, resizeBox, stretchTo } from '../model/region-geometry.js';
import { regionNames } from '../model/region-names.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { whisper } from '../state/notices.js';
import { t } from '../strings/index.js';

/** What the pointer draws on the picture; without a tool it selects and moves. */
export type Tool = 'cover' | 'outline' | 'keep';

/** Least length of each side of a region, in pixels of the photo. */
export const LEAST_SIDE = 8;

/** Adds a region that a person drew, and selects it. */
export function addRegion(photo: PhotoEditor, polygon: Polygon, kind: RegionKind): void {
  const regions = photo.history.value.now;
  const key = photo.newKey();
  photo.change({ ...regions, list: [...regions.list, { key, kinds: [kind], polygon, isTouched: true }] });
  photo.selected.value = key;
  whisper.value = t.regions.added(nameOf(photo, key));
  focusRegion(key);
}

/** For people without a pointer: adds a rectangle in the middle, which the keys can move. */
export function addInMiddle(photo: PhotoEditor, kind: RegionKind): void {
  const { width, height } = photo.view.value;
  const side = Math.max(LEAST_SIDE, Math.round(Math.min(width, height) / 4));
  const box = {
    x: Math.round((width - side) / 2),
    y: Math.round((height - side) / 2),
    width: side,
    height: side,
  };
  addRegion(photo, boxPolygon(box), kind);
}

/** Removes a region; the focus goes to its neighbour. */
export function deleteRegion(photo: PhotoEditor, key: string): void {
  const regions = photo.history.value.now;
  const at = regions.list.findIndex((region) => region.key === key);
  const neighbour = regions.list[at + 1] ?? regions.list[at - 1];
  whisper.value = t.regions.removed(nameOf(photo, key));
  photo.change(removeRegion(regions, key));
  photo.selected.value = neighbour?.key;
}

/** Removes regions in one step. */
export function deleteRegions(photo: PhotoEditor, keys: readonly string[]): void {
  photo.change(keys.reduce(removeRegion, photo.history.value.now));
  photo.selected.value = undefined;
  whisper.value = t.groups.removed(keys.length);
}

/** What an arrow key does to a region: it moves the region or, with Shift, the region's right or lower side. */
export function nudgeRegion(
  photo: PhotoEditor,
  key: string,
  dx: number,
  dy: number,
  isResizing: boolean,
): void {
  const regions = photo.history.value.now;
  const region = regions.list.find((each) => each.key === key);
  if (!region) return;
  if (isFixed(region)) {
    whisper.value = t.regions.fixed;
    return;
  }
  const size = photo.view.value;
  const by = Math.max(1, Math.round(Math.max(size.width, size.height) / 250));
  const { polygon } = region;
  const handle = { x: dx === 0 ? 0 : 1, y: dy === 0 ? 0 : 1 } as const;
  const moved = isResizing
    ? stretchTo(polygon, resizeBox(boundingBox(polygon), handle, dx * by, dy * by, size, LEAST_SIDE))
    : moveWithin(polygon, dx * by, dy * by, size);
  photo.change(changeRegion(regions, key, { polygon: moved }), `${isResizing ? 'resize' : 'move'} ${key}`);
}

/** Focuses a region's outline once it is drawn. */
export function focusRegion(key: string): void {
  withOutline(key, (outline) => outline.focus({ preventScroll: true }));
}

/** Scrolls to a region's outline as well. */
export function showRegion(key: string): void {
  withOutline(key, (outline) => {
    outline.focus({ preventScroll: true });
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    outline.scrollIntoView({ block: 'center', inline: 'center', behavior: isStill ? 'auto' : 'smooth' });
  });
}

/** Frames to wait for a new outline: it is drawn soon, but not at once. */
const MOST_FRAMES = 5;

function withOutline(key: string, act: (outline: SVGGElement) => void, frames = MOST_FRAMES): void {
  requestAnimationFrame(() => {
    const outline = document.querySelector<SVGGElement>(`[data-region="${key}"]`);
    if (outline) act(outline);
    else if (frames > 0) withOutline(key, act, frames - 1);
  });
}

function nameOf(photo: PhotoEditor, key: string): string {
  return regionNames(photo.history.value.now.list, t).get(key) ?? '';
}
