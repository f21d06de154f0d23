import type { CellMap } from '../../models/cell-map.js';
import type { SeenFace } from './seen-face.js';

/** CenterFace's answer to one look; all planes have the same size. */
export interface CenterfaceMaps {
  /** 0–1, one plane. */
  readonly score: CellMap;
  /** Logarithms of height and width, in cells. */
  readonly size: CellMap;
  /** How far the face's middle lies from the cell's centre, down and to the right, in cells. */
  readonly offset: CellMap;
}

/** The face of every cell, in pixels of the input (Xu et al. 2019). @param minScore faces below are left out */
export function decodeCenterface({ score, size, offset }: CenterfaceMaps, minScore: number): SeenFace[] {
  const { stride, width, height } = score;
  const plane = width * height;
  const faces: SeenFace[] = [];
  for (let cell = 0; cell < plane; cell++) {
    const sure = score.data[cell] as number;
    if (!(sure >= minScore)) continue;
    const [down, across] = [0, plane].map((from) => Math.exp(size.data[from + cell] as number) * stride) as [
      number,
      number,
    ];
    const x = ((cell % width) + 0.5 + (offset.data[plane + cell] as number)) * stride;
    const y = (Math.floor(cell / width) + 0.5 + (offset.data[cell] as number)) * stride;
    faces.push({ box: { x: x - across / 2, y: y - down / 2, width: across, height: down }, score: sure });
  }
  return faces;
}
