/** How likely each pixel or cell shows what a network looks for (text, ink), 0–1; row by row, height × width. */
export interface ProbabilityMap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}
