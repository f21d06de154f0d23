/** What the network says of faces at one stride, for every cell, row by row. */
export interface FaceMap {
  /** Pixels of the input from one cell to the next. */
  readonly stride: number;
  /** Cells. */
  readonly width: number;
  readonly height: number;
  /** Five planes of width × height: score 0–1; distances from the cell's centre to the left, upper, right and lower side, in pixels of the input. */
  readonly data: Float32Array;
}
