import type { SeenFace } from './select-faces.js';

/** A loaded face network with a square input. */
export interface FaceModel {
  /** In models/manifest.json. */
  readonly id: string;
  readonly sha256: string;
  /** Side of the input in pixels. */
  readonly inputSize: number;
  /**
   * Faces in pixels of the input.
   * @param input inputSize × inputSize × 3, RGB, −1…1, row by row
   * @param minScore faces below are left out
   */
  detect(input: Float32Array, minScore: number): Promise<SeenFace[]>;
}
