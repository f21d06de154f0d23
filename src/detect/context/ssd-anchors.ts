/** What the network says of one grid of places, row by row, of all anchors of a place one after the other. */
export interface AnchorMap {
  /** Per anchor how much it shows nothing and each kind, before the sigmoid. */
  readonly kinds: Float32Array;
  /** Per anchor how far a thing's middle is from its own, down and right, and how much larger its sides are. */
  readonly boxes: Float32Array;
}

/** Where anchors are, as shares of the photo. */
export interface Anchors {
  readonly middleY: Float32Array;
  readonly middleX: Float32Array;
  readonly heights: Float32Array;
  readonly widths: Float32Array;
}

/** A thing as one anchor sees it. */
export interface SeenByAnchor {
  /** The surest kind, from 0 on. */
  readonly kind: number;
  /** 0–1. */
  readonly score: number;
  /** Shares of the photo. */
  readonly upper: number;
  readonly left: number;
  readonly lower: number;
  readonly right: number;
}

/** By how much boxes are enlarged for training: middles and sides (FasterRcnnBoxCoder's scale factors). */
const [OF_MIDDLES, OF_SIDES] = [10, 5];

/**
 * Reads the answer of a single-shot detector (Liu et al. 2016, "SSD: Single Shot MultiBox Detector") as TensorFlow's
 * Object Detection API does (`box_coders/faster_rcnn_box_coder.py`, scores by sigmoid). Several anchors see one thing.
 * @param maps one per grid, in the order of the anchors
 * @param kinds how many there are, without nothing
 * @param least anchors whose surest kind has a lower score are left out
 * @returns in the order of the anchors
 */
export function seenByAnchors(
  maps: readonly AnchorMap[],
  anchors: Anchors,
  kinds: number,
  least: number,
): SeenByAnchor[] {
  const limit = Math.log(least / (1 - least));
  const seen: SeenByAnchor[] = [];
  let anchor = 0;
  for (const map of maps) {
    for (let from = 0; from < map.kinds.length; from += kinds + 1, anchor++) {
      const kind = surest(map.kinds, from + 1, kinds);
      const raw = map.kinds[from + 1 + kind] as number;
      if (!(raw >= limit)) continue;
      const box = boxOf(map.boxes, (from / (kinds + 1)) * 4, anchors, anchor);
      seen.push({ kind, score: Math.fround(1 / (1 + Math.exp(-raw))), ...box });
    }
  }
  return seen;
}

/** Asked of every anchor, nearly always for nothing: no arrays. */
function surest(numbers: Float32Array, from: number, kinds: number): number {
  let best = 0;
  for (let kind = 1; kind < kinds; kind++) {
    if ((numbers[from + kind] as number) > (numbers[from + best] as number)) best = kind;
  }
  return best;
}

function boxOf(boxes: Float32Array, at: number, anchors: Anchors, anchor: number) {
  const [down, right, taller, wider] = boxes.subarray(at, at + 4) as unknown as [
    number,
    number,
    number,
    number,
  ];
  const of = (numbers: Float32Array) => numbers[anchor] as number;
  const [height, width] = [of(anchors.heights), of(anchors.widths)];
  const y = of(anchors.middleY) + (down / OF_MIDDLES) * height;
  const x = of(anchors.middleX) + (right / OF_MIDDLES) * width;
  const [half, halfWide] = [
    (Math.exp(taller / OF_SIDES) * height) / 2,
    (Math.exp(wider / OF_SIDES) * width) / 2,
  ];
  return { upper: y - half, left: x - halfWide, lower: y + half, right: x + halfWide };
}
