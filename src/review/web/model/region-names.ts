import type { Strings } from '../strings/en.js';
import type { Region } from './region.js';
import { thirdOf, type Size } from './region-geometry.js';

/** The names of regions, by key: the kind, and a number among those of the same kind. */
export function regionNames(regions: readonly Region[], t: Strings): Map<string, string> {
  const counts = new Map<string, number>();
  return new Map(
    regions.map(({ key, kinds }) => {
      const kind = kinds.map((each) => t.kinds[each]).join(' + ');
      const number = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, number);
      return [key, t.regions.name(kind, number)];
    }),
  );
}

/** Where a region lies, in words. */
export function whereInWords({ polygon }: Pick<Region, 'polygon'>, photo: Size, t: Strings): string {
  const { column, row } = thirdOf(polygon, photo);
  const { where } = t.regions;
  return where.both(where.row[row] ?? '', where.column[column] ?? '');
}
