import type { Box } from '../dist/core/geometry.js';
import type { PixelImage } from '../dist/core/image.js';
import { sampleSquare } from '../dist/models/face-embedding/sample-square.js';

/** A square piece of skin. */
export interface SkinPatch {
  /** In pixels. */
  readonly side: number;
  /** side × side × RGB, 0–255. */
  readonly rgb: Uint8Array;
  /** side × side: 1 where skin is seen, 0 where it is covered or beyond the photo. */
  readonly seen: Uint8Array;
}

/** Cuts a square out of a photo at another size. @param pieces which parts of it are seen */
export function skinPatchOf(image: PixelImage, box: Box, pieces: readonly Box[], side: number): SkinPatch {
  const square = {
    centre: [box.x + box.width / 2, box.y + box.height / 2] as const,
    side: box.width,
    angle: 0,
  };
  const seen = new Uint8Array(side * side);
  for (let at = 0; at < seen.length; at++) {
    const x = box.x + (((at % side) + 0.5) / side) * box.width;
    const y = box.y + ((Math.floor(at / side) + 0.5) / side) * box.height;
    const inPhoto = x >= 0 && y >= 0 && x < image.width && y < image.height;
    seen[at] = Number(inPhoto && pieces.some((piece) => holds(piece, x, y)));
  }
  return { side, rgb: Uint8Array.from(sampleSquare(image, square, side), Math.round), seen };
}

/** The same patch, seen larger (above 1) or smaller around its middle; what lies beyond it is not seen. */
export function scaledPatch({ side, rgb, seen }: SkinPatch, scale: number): SkinPatch {
  const image: PixelImage = { width: side, height: side, channels: 3, data: rgb };
  const width = side / scale;
  const box = { x: (side - width) / 2, y: (side - width) / 2, width, height: width };
  const scaled = skinPatchOf(image, box, [{ x: 0, y: 0, width: side, height: side }], side);
  const from = (at: number) =>
    Math.min(side - 1, Math.max(0, Math.floor((side - width) / 2 + ((at + 0.5) / side) * width)));
  return {
    ...scaled,
    seen: scaled.seen.map((value, at) => value & seen[from(Math.floor(at / side)) * side + from(at % side)]!),
  };
}

function holds({ x, y, width, height }: Box, px: number, py: number): boolean {
  return px >= x && py >= y && px < x + width && py < y + height;
}
