import { boundingBox } from '../../../core/geometry.js';
import type { Region } from '../model/region.js';
import type { Handle } from '../model/region-geometry.js';

/** In pixels of the screen. */
const VISIBLE = 7;
const TOUCHABLE = 22;
const CLICKABLE = 13;
/** Handles lie outside the region, so that even a small region can be grasped in its middle. */
const OUTSIDE = 12;
/** Sides shorter than this have handles at their ends only. */
const LEAST_SIDE_WITH_MIDDLE = 96;

/** The name of a handle, as its element has it in data-handle. */
export const handleName = ({ x, y }: Handle): string => `${x},${y}`;

/** @returns undefined for anything but the name of a handle */
export function handleOf(name: string | undefined): Handle | undefined {
  return HANDLES.find((handle) => handleName(handle) === name);
}

const HANDLES: readonly Handle[] = ([-1, 0, 1] as const).flatMap((y) =>
  ([-1, 0, 1] as const).filter((x) => x !== 0 || y !== 0).map((x) => ({ x, y })),
);

interface RegionHandlesProps {
  readonly region: Region;
  /** Pixels of the screen for each pixel of the photo. */
  readonly scale: number;
}

/** The handles that resize the selected region; the region itself reacts to the keys for that. */
export function RegionHandles({ region, scale }: RegionHandlesProps) {
  const { x, y, width, height } = boundingBox(region.polygon);
  const grasp = matchMedia('(pointer: coarse)').matches ? TOUCHABLE : CLICKABLE;
  const out = OUTSIDE / scale;
  const shown = HANDLES.filter(
    (handle) =>
      (handle.x !== 0 || width * scale >= LEAST_SIDE_WITH_MIDDLE) &&
      (handle.y !== 0 || height * scale >= LEAST_SIDE_WITH_MIDDLE),
  );
  return (
    <g class={`handles kind-${region.kinds[0] ?? 'other'}`} aria-hidden="true">
      {shown.map((handle) => {
        const cx = x + (width * (handle.x + 1)) / 2 + handle.x * out;
        const cy = y + (height * (handle.y + 1)) / 2 + handle.y * out;
        return (
          <g key={handleName(handle)} class={`handle ${cursorOf(handle)}`}>
            <circle class="handle-dot" cx={cx} cy={cy} r={VISIBLE / scale} />
            <circle
              class="handle-area"
              cx={cx}
              cy={cy}
              r={grasp / scale}
              data-handle={handleName(handle)}
              data-testid={`handle-${handleName(handle)}`}
            />
          </g>
        );
      })}
    </g>
  );
}

function cursorOf({ x, y }: Handle): string {
  if (x === 0) return 'turns-ns';
  if (y === 0) return 'turns-ew';
  return x === y ? 'turns-nwse' : 'turns-nesw';
}
