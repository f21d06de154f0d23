import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { boundingBox, boxPolygon, type Point, type Polygon } from '../../../core/geometry.js';
import { polygonArea } from '../../../imaging/convex.js';
import { changeRegion } from '../model/merge-regions.js';
import { isFixed, type Region, type Regions } from '../model/region.js';
import {
  boxBetween,
  hullOfStroke,
  moveWithin,
  regionAt,
  resizeBox,
  stretchTo,
  type Handle,
} from '../model/region-geometry.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { addRegion, focusRegion, LEAST_SIDE, type Tool } from './editing.js';
import { handleOf } from './region-handles.js';

/** In pixels of the screen. */
const STILL = 4;
const SLACK = 10;

type Drag =
  | { readonly does: 'draw'; readonly tool: Tool; readonly from: Point }
  | {
      readonly does: 'move' | 'resize';
      readonly from: Point;
      readonly region: Region;
      readonly handle: Handle;
    };

interface PointerProps {
  readonly photo: PhotoEditor;
  readonly tool: Signal<Tool | undefined>;
  readonly svg: RefObject<SVGSVGElement | null>;
  /** What is being drawn. */
  readonly stroke: Signal<readonly Point[]>;
  readonly scale: number;
}

/** The handlers that let a mouse, a pen or a finger select, move, resize and draw. */
export function usePointer({ photo, tool, svg, stroke, scale }: PointerProps) {
  const drag = useRef<Drag | undefined>(undefined);

  const at = (event: PointerEvent): Point => {
    const rect = svg.current?.getBoundingClientRect();
    if (!rect || rect.width === 0) return [0, 0];
    const { width, height } = photo.view.value;
    return [
      ((event.clientX - rect.left) / rect.width) * width,
      ((event.clientY - rect.top) / rect.height) * height,
    ];
  };

  const begin = (event: PointerEvent): Drag | undefined => {
    const from = at(event);
    if (tool.value) return { does: 'draw', tool: tool.value, from };
    const { list } = photo.history.value.now;
    const handle = handleOf(event.target instanceof SVGElement ? event.target.dataset['handle'] : undefined);
    const selected = list.find(({ key }) => key === photo.selected.value);
    if (handle && selected) return { does: 'resize', from, region: selected, handle };
    const region = regionAt(list, from, SLACK / scale);
    photo.selected.value = region?.key;
    if (!region) return undefined;
    focusRegion(region.key);
    // The first touch only selects: a finger that lands on a region by chance is meant to scroll.
    if (event.pointerType === 'touch' && region !== selected) return undefined;
    if (isFixed(region)) return undefined;
    return { does: 'move', from, region, handle: { x: 0, y: 0 } };
  };

  const onPointerDown = (event: PointerEvent) => {
    if (!event.isPrimary || event.button !== 0) return;
    drag.current = begin(event);
    if (!drag.current) return;
    // The browser would focus the topmost element, not the intended one.
    event.preventDefault();
    svg.current?.setPointerCapture(event.pointerId);
  };

  const onPointerMove = (event: PointerEvent) => {
    const now = drag.current;
    if (!now || !event.isPrimary) return;
    const to = at(event);
    if (now.does === 'draw') stroke.value = drawn(now, to, stroke.value, photo);
    else if (photo.dragged.value || distance(now.from, to) * scale > STILL) {
      photo.dragged.value = changed(photo.history.value.now, now, to, photo);
    }
  };

  const onPointerUp = (event: PointerEvent) => {
    const now = drag.current;
    if (!now || !event.isPrimary) return;
    drag.current = undefined;
    if (now.does !== 'draw') {
      if (photo.dragged.value) photo.change(photo.dragged.value);
      return;
    }
    const polygon = finished(now, stroke.value, photo);
    stroke.value = [];
    tool.value = undefined;
    if (polygon) addRegion(photo, polygon, now.tool === 'keep' ? 'keep' : 'other');
  };

  // touch-action does not work on parts of an SVG, so this stops scrolling once something is grasped.
  const onTouchStart = (event: TouchEvent) => {
    if (drag.current && event.cancelable) event.preventDefault();
  };

  const onPointerCancel = () => {
    drag.current = undefined;
    stroke.value = [];
    photo.dragged.value = undefined;
  };

  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onTouchStart };
}

function drawn(
  { tool, from }: { tool: Tool; from: Point },
  to: Point,
  points: readonly Point[],
  photo: PhotoEditor,
) {
  if (tool === 'outline') return [...(points.length === 0 ? [from] : points), to];
  return boxPolygon(boxBetween(from, to, photo.view.value));
}

function finished(
  { tool }: { tool: Tool },
  points: readonly Point[],
  photo: PhotoEditor,
): Polygon | undefined {
  const polygon = tool === 'outline' ? hullOfStroke(points, photo.view.value) : points;
  // A tap is not a region.
  return polygon.length >= 3 && polygonArea(polygon) >= LEAST_SIDE * LEAST_SIDE ? polygon : undefined;
}

function changed(
  regions: Regions,
  drag: Exclude<Drag, { does: 'draw' }>,
  to: Point,
  photo: PhotoEditor,
): Regions {
  const { region, from, handle } = drag;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const size = photo.view.value;
  const { polygon } = region;
  const moved =
    drag.does === 'move'
      ? moveWithin(polygon, dx, dy, size)
      : stretchTo(polygon, resizeBox(boundingBox(polygon), handle, dx, dy, size, LEAST_SIDE));
  return changeRegion(regions, region.key, { polygon: moved });
}

const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
