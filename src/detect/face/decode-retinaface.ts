import type { Point } from '../../core/geometry.js';
import type { CellMap } from '../../models/cell-map.js';
import type { FaceWithPoints } from './seen-face.js';

/** RetinaFace's answer at one stride. */
export interface RetinafaceMaps {
  /** 0–1, one plane for each anchor. */
  readonly score: CellMap;
  /**
   * Four planes for each anchor: how far the face's centre lies to the right and down, in tenths of the anchor's side;
   * then logarithms of width and height, in fifths.
   */
  readonly codes: CellMap;
  /** Ten planes for each anchor: how far each of five landmarks lies to the right and down, as for the centre. */
  readonly points: CellMap;
  /** The anchors' sides, in pixels of the input. */
  readonly sides: readonly number[];
}

/** How finely centres and sizes are coded (Liu et al. 2016, "SSD"). */
const [CENTRE, SIZE] = [0.1, 0.2];

/** The eyes, the tip of the nose, the corners of the mouth. */
const LANDMARKS = 5;

/** The face of every anchor, in pixels of the input. @param minScore faces below are left out */
export function decodeRetinaface(
  { score, codes, points, sides }: RetinafaceMaps,
  minScore: number,
): FaceWithPoints[] {
  const { stride, width, height } = score;
  const plane = width * height;
  const faces: FaceWithPoints[] = [];
  for (const [anchor, side] of sides.entries()) {
    for (let cell = 0; cell < plane; cell++) {
      const sure = score.data[anchor * plane + cell] as number;
      if (!(sure >= minScore)) continue;
      const [right, down, wide, high] = [0, 1, 2, 3].map(
        (code) => codes.data[(anchor * 4 + code) * plane + cell] as number,
      ) as [number, number, number, number];
      const [across, tall] = [side * Math.exp(wide * SIZE), side * Math.exp(high * SIZE)];
      const place = ([u, v]: Point): Point => [
        ((cell % width) + 0.5) * stride + side * u * CENTRE,
        (Math.floor(cell / width) + 0.5) * stride + side * v * CENTRE,
      ];
      const [x, y] = place([right, down]);
      const code = (at: number) => points.data[(anchor * 2 * LANDMARKS + at) * plane + cell] as number;
      faces.push({
        box: { x: x - across / 2, y: y - tall / 2, width: across, height: tall },
        points: Array.from({ length: LANDMARKS }, (_, i) => place([code(2 * i), code(2 * i + 1)])),
        score: sure,
      });
    }
  }
  return faces;
}
