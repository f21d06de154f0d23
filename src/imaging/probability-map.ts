/** How likely each pixel is to be text, 0–1; row by row, height × width. */
export interface ProbabilityMap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}
