import type { Box } from '../dist/core/geometry.js';
import type { Square } from '../dist/models/face-embedding/index.js';

/** Side of an aligned square in distances between the eyes, as in alignFace of src/models/face-embedding. */
export const SQUARE_SIDE = 2.8;
/** How far the square's middle lies below the eyes, in the same unit. */
export const BELOW_EYES = 0.5;

/**
 * Where the tool's detector draws its box, in distances between the eyes: mean and standard deviation over 53 photos of
 * face/reid, relative to the middle of the aligned square.
 */
const DRAWN = { width: [2.08, 0.13], height: [2.52, 0.14], x: [0.03, 0.12], y: [-0.2, 0.12] } as const;

/** A box as the detector would draw it around an upright face; asking the detector itself takes a second per photo. */
export function drawnBox({ centre, side }: Square, random: () => number): Box {
  const unit = side / SQUARE_SIDE;
  const draw = ([mean, deviation]: readonly [number, number]) => (mean + deviation * normal(random)) * unit;
  const [width, height] = [draw(DRAWN.width), draw(DRAWN.height)] as const;
  const [x, y] = [centre[0] + draw(DRAWN.x), centre[1] + draw(DRAWN.y)] as const;
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Box and Muller 1958. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
