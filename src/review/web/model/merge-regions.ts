import type { Polygon } from '../../../core/geometry.js';
import type { FoundThing } from './found-things.js';
import type { Region, Regions } from './region.js';
import { polygonIou } from './region-geometry.js';

/** Two outlines that share more than this of their union are about the same thing. */
export const SAME = 0.5;

/**
 * The regions after the tool has looked again. What a person drew, moved, resized or took away stays as it is; the new
 * list replaces all other regions. An outline that is found again keeps its key and its place in the list.
 * @param newKey called once for each outline that was not there before
 */
export function mergeRegions(
  regions: Regions,
  things: readonly FoundThing[],
  newKey: (thing: FoundThing) => string,
): Regions {
  const decided: Polygon[] = [
    ...regions.list.flatMap(({ found, isTouched }) => (found && isTouched ? [found.polygon] : [])),
    ...regions.removed.map(({ found, polygon }) => found?.polygon ?? polygon),
  ];
  const isSame = (a: Polygon, b: Polygon) => polygonIou(a, b) > SAME;
  const fresh = things.filter(({ polygon }) => !decided.some((other) => isSame(other, polygon)));
  const list = regions.list.flatMap((region) => {
    if (region.isTouched) return [region];
    const again = fresh.findIndex(({ polygon }) => isSame(polygon, region.polygon));
    const [thing] = again < 0 ? [] : fresh.splice(again, 1);
    return thing ? [asRegion(thing, region.key)] : [];
  });
  return {
    list: [...list, ...fresh.map((thing) => asRegion(thing, newKey(thing)))],
    removed: regions.removed.map((region) => {
      const again = region.isTouched
        ? undefined
        : things.find(({ polygon }) => isSame(polygon, region.polygon));
      return again ? asRegion(again, region.key) : region;
    }),
  };
}

function asRegion(found: FoundThing, key: string): Region {
  return { key, kinds: found.kinds, polygon: found.polygon, found, isTouched: false };
}

/** Takes one region out; what the tool had found there is remembered, and stays listed as left visible. */
export function removeRegion(regions: Regions, key: string): Regions {
  const gone = regions.list.find((region) => region.key === key);
  return {
    list: regions.list.filter((region) => region.key !== key),
    removed: gone?.found ? [...regions.removed, gone] : regions.removed,
  };
}

/** Covers again what a person had uncovered. */
export function putBack(regions: Regions, key: string): Regions {
  const back = regions.removed.filter((region) => region.key === key);
  return {
    list: [...regions.list, ...back],
    removed: regions.removed.filter((region) => region.key !== key),
  };
}

/** Replaces one region by what a person changed it to. */
export function changeRegion(
  regions: Regions,
  key: string,
  change: Partial<Pick<Region, 'polygon' | 'kinds'>>,
): Regions {
  const list = regions.list.map((region) =>
    region.key === key ? { ...region, ...change, isTouched: true } : region,
  );
  return { ...regions, list };
}
