import type { DetectionKind } from '../../../core/detection.js';
import type { Box, Polygon } from '../../../core/geometry.js';
import { boundingBox, boxPolygon } from '../../../core/geometry.js';
import type { Edit } from '../../api.js';
import type { FoundThing } from './found-things.js';

/** What a region is about; "keep" is a lesion that stays visible, all others are covered. */
export const REGION_KINDS = ['face', 'tattoo', 'text', 'code', 'other', 'keep'] as const;
export type RegionKind = DetectionKind | 'other' | 'keep';

/** One outline on the photo; in pixels of the upright photo. */
export interface Region {
  /** Made by this page; stays the same as long as the outline is shown. */
  readonly key: string;
  readonly kinds: readonly RegionKind[];
  /** Convex. */
  readonly polygon: Polygon;
  /** What the tool found there; absent for what a person drew. */
  readonly found?: FoundThing;
  /** Whether a person moved, resized or drew it. */
  readonly isTouched: boolean;
}

/** All outlines, and those that a person took away: these stay away even when the tool finds them again. */
export interface Regions {
  readonly list: readonly Region[];
  readonly removed: readonly Polygon[];
}

export const isKeep = ({ kinds }: Region): boolean => kinds.includes('keep');

/** The convex areas that cover a region: its outline or, for a head of which something stays visible, several. */
export function piecesOf({ polygon, found, isTouched }: Region): readonly Polygon[] {
  return found && !isTouched ? found.shapes.map((shape) => shape.polygon) : [polygon];
}

/** Whether a region follows what lies under it, so that it can be removed but neither moved nor resized. */
export const isFixed = ({ found, isTouched }: Region): boolean =>
  !isTouched &&
  (found?.shapes ?? []).some(({ group }) => group !== undefined) &&
  (found?.shapes ?? []).length > 1;

/** The regions in the form that the server expects. */
export function editOfRegions({ list }: Regions): Pick<Edit, 'shapes' | 'keep'> {
  const covered = list.filter((region) => !isKeep(region));
  return {
    shapes: covered.flatMap(({ key, kinds, polygon, found, isTouched }) =>
      found && !isTouched
        ? found.shapes
        : [
            {
              id: `own-${key}`,
              kinds: kinds.filter((kind) => kind !== 'keep'),
              polygon: polygon.map(([x, y]): [number, number] => [x, y]),
            },
          ],
    ),
    keep: list.filter(isKeep).map(({ polygon }) => keepBox(polygon)),
  };
}

/** A lesion that was marked before the photo was opened. */
export function regionOfKeep(box: Box, key: string): Region {
  return { key, kinds: ['keep'], polygon: boxPolygon(box), isTouched: true };
}

function keepBox(polygon: Polygon): { x: number; y: number; width: number; height: number } {
  const { x, y, width, height }: Box = boundingBox(polygon);
  return { x: Math.max(0, x), y: Math.max(0, y), width: Math.max(1, width), height: Math.max(1, height) };
}
