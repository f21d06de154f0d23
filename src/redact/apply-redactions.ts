import type { DetectionKind, Redaction } from '../core/detection.js';
import type { Polygon } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import type { RedactionStyle } from './contract.js';
import { rasteriseAll } from '../imaging/rasterise.js';

/**
 * Covers every redaction on a copy of the pixels; the source is not changed. The pieces of a group are painted as one
 * area, so that no more is left of what they cover than of one region.
 * @param random uniform in [0, 1); cryptographic in use
 */
export function redactFrame(
  pixels: PixelImage,
  redactions: readonly Redaction[],
  style: RedactionStyle,
  random: () => number,
): PixelImage {
  const copy: PixelImage = { ...pixels, data: Uint8Array.from(pixels.data) };
  for (const { kinds, polygons } of areasOf(redactions)) {
    const mask = rasteriseAll(polygons, copy);
    if (mask.data.length > 0) style.apply(copy, kinds, mask, random);
  }
  return copy;
}

interface Area {
  readonly kinds: readonly DetectionKind[];
  readonly polygons: readonly Polygon[];
}

/** In the order of their first pieces. */
function areasOf(redactions: readonly Redaction[]): Area[] {
  const pieces = new Map<number | Redaction, Redaction[]>();
  for (const redaction of redactions) {
    const key = redaction.group ?? redaction;
    pieces.set(key, [...(pieces.get(key) ?? []), redaction]);
  }
  return [...pieces.values()].map((some) => ({
    kinds: [...new Set(some.flatMap(({ kinds }) => kinds))],
    polygons: some.map(({ polygon }) => polygon),
  }));
}
