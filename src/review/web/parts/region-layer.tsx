import { useSignal, type Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Box, Point } from '../../../core/geometry.js';
import { regionNames } from '../model/region-names.js';
import { isFixed } from '../model/region.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { t } from '../strings/index.js';
import type { Tool } from './editing.js';
import { RegionHandles } from './region-handles.js';
import { asPoints, RegionOutline } from './region-outline.js';
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
        <RegionOutline
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
      {selected && !tool.value && !isFixed(selected) && <RegionHandles region={selected} scale={scale} />}
      {stroke.value.length > 0 && (
        <polygon class={`drawn drawn-${tool.value ?? 'cover'}`} points={asPoints(stroke.value)} />
      )}
    </svg>
  );
}

function boxPath({ x, y, width, height }: Box): string {
  return `M${x} ${y}h${width}v${height}h${-width}Z`;
}
