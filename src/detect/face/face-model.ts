import type { Box } from '../../core/geometry.js';

/** A face in pixels of a model's square input. */
export interface RawFace {
  readonly box: Box;
  /** 0–1, as the model gives it; two models' scores mean different things. */
  readonly score: number;
}

/** A loaded face network with a square input. */
export interface FaceModel {
  /** In models/manifest.json. */
  readonly id: string;
  readonly sha256: string;
  /** Side of the input in pixels. */
  readonly inputSize: number;
  /**
   * @param input inputSize × inputSize × 3, RGB, −1…1, row by row
   * @param minScore faces below are left out
   */
  detect(input: Float32Array, minScore: number): Promise<RawFace[]>;
}
