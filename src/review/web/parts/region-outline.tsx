import type { Point } from '../../../core/geometry.js';
import { whereInWords } from '../model/region-names.js';
import { isFixed, piecesOf, type Region } from '../model/region.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { pointedAt } from '../state/pointed-at.js';
import { t } from '../strings/index.js';
import { deleteRegion, focusRegion, nudgeRegion } from './editing.js';

interface RegionOutlineProps {
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

/** One outline: it can be focused, moved, resized and removed by keys. */
export function RegionOutline({ photo, region, name, isSelected }: RegionOutlineProps) {
  const { key, kinds } = region;
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
  return (
    <g
      class={`region kind-${kinds[0] ?? 'other'}${isSelected ? ' is-selected' : ''}${pointedAt.value.includes(key) ? ' is-pointed-at' : ''}${isFixed(region) ? ' is-fixed' : ''}`}
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
      <Lines region={region} />
    </g>
  );
}

/** The line around a region; where pieces of it meet, there is none. */
function Lines({ region }: { region: Region }) {
  const pieces = piecesOf(region).map(asPoints);
  const all = (name: string) => (
    <g class={name}>
      {pieces.map((points, i) => (
        <polygon key={i} points={points} />
      ))}
    </g>
  );
  if (pieces.length === 1) {
    return (
      <>
        {all('region-halo')}
        {all('region-line')}
      </>
    );
  }
  const outside = `outside-${region.key}`;
  return (
    <>
      <mask id={outside} maskUnits="userSpaceOnUse" x="-100%" y="-100%" width="300%" height="300%">
        <rect class="mask-shown" x="-100%" y="-100%" width="300%" height="300%" />
        {all('mask-hidden')}
      </mask>
      {all('region-area')}
      <g mask={`url(#${outside})`}>
        {all('region-halo is-outside')}
        {all('region-line is-outside')}
      </g>
    </>
  );
}

/** Corners as an SVG has them. */
export function asPoints(polygon: readonly Point[]): string {
  return polygon.map(([x, y]) => `${x},${y}`).join(' ');
}
