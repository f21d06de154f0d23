import { useSignal, type Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Box, Point } from '../../../core/geometry.js';
import { regionNames, whereInWords } from '../model/region-names.js';
import type { Region } from '../model/region.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { t } from '../strings/index.js';
import { deleteRegion, focusRegion, nudgeRegion, type Tool } from './editing.js';
import { RegionHandles } from './region-handles.js';
import { usePointer } from './use-pointer.js';

interface RegionLayerProps {
  readonly photo: PhotoEditor;
  readonly tool: Signal<Tool | undefined>;
  /** Pixels of the screen for each pixel of the photo. */
  readonly scale: number;
  /** The id of the element that describes the keys. */
  readonly helpId: string;
}

/**
 * The outlines over the picture: each can be focused, moved, resized and removed, by pointer or by keys. Annotorious
 * was not used: it colours and hides shapes with style attributes, which the page's policy forbids, and its shapes have
 * neither names nor places in the focus order.
 */
export function RegionLayer({ photo, tool, scale, helpId }: RegionLayerProps) {
  const svg = useRef<SVGSVGElement>(null);
  const stroke = useSignal<readonly Point[]>([]);
  const pointer = usePointer({ photo, tool, svg, stroke, scale });
  const { width, height, crop } = photo.view.value;
  const { list } = photo.regions.value;
  const names = regionNames(list, t);
  const selected = list.find(({ key }) => key === photo.selected.value);
  return (
    <svg
      ref={svg}
      class={tool.value ? 'regions regions-drawing' : 'regions'}
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={t.photo.picture}
      aria-describedby={helpId}
      data-testid="regions"
      {...pointer}
    >
      {crop && (
        <g class="crop" data-testid="crop-frame" aria-hidden="true">
          <path class="crop-outside" d={`M0 0H${width}V${height}H0Z${boxPath(crop)}`} />
          <path class="crop-frame" d={boxPath(crop)} />
        </g>
      )}
      {list.map((region) => (
        <Outline
          key={region.key}
          photo={photo}
          region={region}
          name={names.get(region.key) ?? ''}
          isSelected={region === selected}
        />
      ))}
      {selected && (
        <text
          class="region-label"
          aria-hidden="true"
          x={Math.max(0, Math.min(...selected.polygon.map(([x]) => x)))}
          y={Math.max(16 / scale, Math.min(...selected.polygon.map(([, y]) => y)) - 18 / scale)}
          font-size={14 / scale}
          stroke-width={4 / scale}
        >
          {names.get(selected.key)}
        </text>
      )}
      {selected && !tool.value && <RegionHandles region={selected} scale={scale} />}
      {stroke.value.length > 0 && (
        <polygon class={`drawn drawn-${tool.value ?? 'cover'}`} points={asPoints(stroke.value)} />
      )}
    </svg>
  );
}

interface OutlineProps {
  readonly photo: PhotoEditor;
  readonly region: Region;
  readonly name: string;
  readonly isSelected: boolean;
}

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function Outline({ photo, region, name, isSelected }: OutlineProps) {
  const { key, kinds, polygon } = region;
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (arrow) nudgeRegion(photo, key, arrow[0], arrow[1], event.shiftKey);
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      deleteRegion(photo, key);
      if (photo.selected.value !== undefined) focusRegion(photo.selected.value);
    } else if (event.key === 'Escape') photo.selected.value = undefined;
    else return;
    event.preventDefault();
  };
  const points = asPoints(polygon);
  return (
    <g
      class={`region kind-${kinds[0] ?? 'other'}${isSelected ? ' is-selected' : ''}`}
      tabindex={0}
      role="button"
      aria-pressed={isSelected}
      aria-label={t.regions.label(name, whereInWords(region, photo.view.value, t))}
      data-region={key}
      data-testid="region"
      data-kind={kinds.join(' ')}
      onFocus={() => {
        photo.selected.value = key;
      }}
      onKeyDown={onKeyDown}
    >
      <polygon class="region-halo" points={points} />
      <polygon class="region-line" points={points} />
    </g>
  );
}

function boxPath({ x, y, width, height }: Box): string {
  return `M${x} ${y}h${width}v${height}h${-width}Z`;
}

function asPoints(polygon: readonly Point[]): string {
  return polygon.map(([x, y]) => `${x},${y}`).join(' ');
}
