import type { Point } from '../../core/geometry.js';

/** Where the parts of a face are; left and right as a viewer of the picture sees them. */
export interface FaceLandmarks {
  readonly leftEye: Point;
  readonly rightEye: Point;
  readonly mouth: Point;
  /** 0–1, of the surest anchor. */
  readonly score: number;
}

/** Square cells of `stride` pixels over an input of `size` × `size`, several anchors at each centre, row by row. */
interface AnchorGrid {
  readonly stride: number;
  readonly perCell: number;
  readonly logits: Float32Array;
  readonly codes: Float32Array;
}

/** Per anchor: centre x, centre y, width, height, then x and y of both eyes, nose, mouth and both ears. */
const CODES = 16;
const [LEFT_EYE, RIGHT_EYE, MOUTH] = [4, 6, 10];
/** Two anchors mean the same face when the middles of their faces are closer than this share of its width. */
const SAME_FACE = 0.25;

/**
 * The landmarks of the surest face whose middle lies in the middle half of the input, both ways: the mean of all
 * anchors that mean this face, weighted by their scores (Bazarevsky et al. 2019). In pixels of the input.
 * @param minScore anchors with lower scores are ignored
 */
export function decodeLandmarks(
  grids: readonly AnchorGrid[],
  size: number,
  minScore: number,
): FaceLandmarks | undefined {
  const seen = grids.flatMap((grid) => decodeGrid(grid, size, minScore));
  const surest = seen.reduce<Anchor | undefined>(
    (best, anchor) => (best && best.score >= anchor.score ? best : anchor),
    undefined,
  );
  if (!surest) return undefined;
  const same = seen.filter(
    ({ values: [x, y] }) =>
      Math.hypot((x as number) - surest.x, (y as number) - surest.y) < SAME_FACE * surest.width,
  );
  const total = same.reduce((sum, { score }) => sum + score, 0);
  const mean = (code: number) =>
    same.reduce((sum, { score, values }) => sum + score * (values[code] as number), 0) / total;
  const point = (code: number): Point => [mean(code), mean(code + 1)];
  return {
    leftEye: point(LEFT_EYE),
    rightEye: point(RIGHT_EYE),
    mouth: point(MOUTH),
    score: surest.score,
  };
}

interface Anchor {
  readonly score: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** In the order of the codes, in pixels of the input. */
  readonly values: readonly number[];
}

function decodeGrid(
  { stride, perCell, logits, codes }: AnchorGrid,
  size: number,
  minScore: number,
): Anchor[] {
  const cells = size / stride;
  const anchors: Anchor[] = [];
  for (let i = 0; i < logits.length; i++) {
    const score = 1 / (1 + Math.exp(-(logits[i] as number)));
    if (!(score >= minScore)) continue;
    const cell = Math.floor(i / perCell);
    const middle = [((cell % cells) + 0.5) * stride, (Math.floor(cell / cells) + 0.5) * stride] as const;
    const values = Array.from(codes.subarray(i * CODES, (i + 1) * CODES), (code, at) =>
      at === 2 || at === 3 ? code : code + middle[at % 2 === 0 ? 0 : 1],
    );
    const [x, y, width] = values as [number, number, number];
    const isCentral = Math.abs(x - size / 2) <= size / 4 && Math.abs(y - size / 2) <= size / 4;
    if (isCentral) anchors.push({ score, x, y, width, values });
  }
  return anchors;
}
