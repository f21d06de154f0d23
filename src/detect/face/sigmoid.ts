/** 1 / (1 + e^−x). NaN stays NaN. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
