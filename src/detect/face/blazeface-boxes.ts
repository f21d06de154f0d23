import type { SeenFace } from './select-faces.js';
import { sigmoid } from './sigmoid.js';

/** Square cells of `stride` pixels over an input of `size` × `size`, several anchors at each centre, row by row. */
export interface AnchorGrid {
  readonly stride: number;
  readonly perCell: number;
  readonly size: number;
}

/** Per anchor: centre x, centre y, width, height, then six landmarks. */
const CODES = 16;

/**
 * Decodes one grid of BlazeFace: the centre is relative to the cell's, everything is in pixels of the input.
 * @param logits one per anchor
 * @param codes 16 per anchor
 */
export function decodeBlazeface(
  logits: Float32Array,
  codes: Float32Array,
  { stride, perCell, size }: AnchorGrid,
  minScore: number,
): SeenFace[] {
  const cells = size / stride;
  const faces: SeenFace[] = [];
  for (let i = 0; i < logits.length; i++) {
    const score = sigmoid(logits[i] as number);
    if (!(score >= minScore)) continue;
    const cell = Math.floor(i / perCell);
    const [dx, dy, width, height] = codes.subarray(i * CODES, i * CODES + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    const cx = ((cell % cells) + 0.5) * stride + dx;
    const cy = (Math.floor(cell / cells) + 0.5) * stride + dy;
    faces.push({ box: { x: cx - width / 2, y: cy - height / 2, width, height }, score });
  }
  return faces;
}
