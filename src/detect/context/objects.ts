import { eachOnce } from '../../core/each-once.js';
import { boxIou, type Box } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import type { ModelIdentity } from '../../models/model-store.js';
import { resized } from '../../imaging/resized.js';
import { openConvertedGraph } from '../../models/converted/index.js';
import { LABELS, type Label } from './labels.js';

const ID = 'centernet';
/** Side of the input in pixels; the photo is squeezed into it, as in training. */
const SIDE = 512;
/** Per cell: how much each kind has its middle there, 0–1; how far its four sides are from there, in pixels of the input. */
const OUTPUTS = ['tower_0/keypoints', 'tower_0/wh'];
const [CELL, CELLS] = [4, SIDE / 4];
const KINDS = LABELS.length;
/** Objects with lower scores are left out. */
const LEAST = 0.3;
/** Boxes that overlap more than this (intersection over union) show one object. */
const SAME_OBJECT = 0.5;

/** A thing of everyday life, in pixels of the photo. */
export interface SeenObject {
  readonly label: Label;
  /** 0–1, as the network gives it. */
  readonly score: number;
  readonly box: Box;
}

/** Finds the 80 kinds of objects of COCO (Lin et al. 2014). */
export interface ObjectModel {
  readonly identity: ModelIdentity;
  /** @param image three channels @throws {ImageDeidError} detector-failed */
  find(image: PixelImage): Promise<SeenObject[]>;
}

/**
 * CenterNet (Zhou et al. 2019) on MobileNet v3. Input 1 × 512 × 512 × 3, RGB, 0–255.
 * @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable
 */
export async function loadObjectModel(): Promise<ObjectModel> {
  const graph = await openConvertedGraph(ID, SIDE, OUTPUTS);
  return {
    identity: graph.identity,
    find: async (image) => {
      const input = new Float32Array((await resized(image, SIDE, SIDE)).data);
      const [middles, sides] = (await graph.run(input)) as [Float32Array, Float32Array];
      return decodeObjects(middles, sides, image);
    },
  };
}

/**
 * An object is a cell that has more of a kind than the eight around it; surest first, each once.
 * @param middles 128 × 128 × 80
 * @param sides 128 × 128 × 4: to the left, up, right and down
 */
export function decodeObjects(
  middles: Float32Array,
  sides: Float32Array,
  photo: { readonly width: number; readonly height: number },
): SeenObject[] {
  const [sx, sy] = [photo.width / SIDE, photo.height / SIDE];
  const seen: SeenObject[] = [];
  for (const at of likely(middles)) {
    const score = middles[at] as number;
    if (!isPeak(middles, at)) continue;
    const label = LABELS[at % KINDS] as Label;
    const cell = Math.floor(at / KINDS);
    const [x, y] = [(cell % CELLS) * CELL, Math.floor(cell / CELLS) * CELL];
    const [left, up, right, down] = sides.subarray(cell * 4, cell * 4 + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    const box = {
      x: (x - left) * sx,
      y: (y - up) * sy,
      width: (left + right) * sx,
      height: (up + down) * sy,
    };
    seen.push({ label, score, box });
  }
  return eachOnce(seen, (a, b) => a.label === b.label && boxIou(a.box, b.box) > SAME_OBJECT);
}

/** Where a number is large enough; a loop of its own, because it runs over more than a million. */
function likely(middles: Float32Array): number[] {
  const found: number[] = [];
  for (let at = 0; at < middles.length; at++) if ((middles[at] as number) >= LEAST) found.push(at);
  return found;
}

function isPeak(middles: Float32Array, at: number): boolean {
  const column = Math.floor(at / KINDS) % CELLS;
  for (const dx of [-1, 0, 1]) {
    if (column + dx < 0 || column + dx >= CELLS) continue;
    for (const dy of [-1, 0, 1]) {
      // Beyond the upper and lower edge there is no number, which is not more.
      if ((middles[at + (dy * CELLS + dx) * KINDS] as number) > (middles[at] as number)) return false;
    }
  }
  return true;
}
