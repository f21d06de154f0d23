import type { Box } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { alignFace, isOfFace } from './align-face.js';
import { loadLandmarkFinder } from './blazeface-landmarks.js';
import { FACERES_SIZE, loadFaceres } from './faceres.js';
import { sampleSquare, type Square } from './sample-square.js';

export type { Square } from './sample-square.js';

/** Tells people apart by their faces. */
export interface FaceEmbedder {
  /**
   * The square that shows a face upright, with its eyes always in the same place; undefined when no eyes are seen, or
   * those of somebody beside it.
   * @param image three channels
   * @param face where a detector found it
   */
  align(image: PixelImage, face: Box): Promise<Square | undefined>;
  /**
   * What an aligned square shows, as a vector of 1024 numbers and unit length; it need not be a face.
   * @param image three channels
   */
  embed(image: PixelImage, square: Square): Promise<Float32Array>;
}

let embedder: Promise<FaceEmbedder> | undefined;

/** Loads the models once per process. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export function openFaceEmbedder(): Promise<FaceEmbedder> {
  return (embedder ??= open());
}

async function open(): Promise<FaceEmbedder> {
  const [landmarks, faceres] = [await loadLandmarkFinder(), await loadFaceres()];
  return {
    align: async (image, face) => {
      const seen = await landmarks.find(image, face);
      const square = seen && alignFace(seen);
      return square && isOfFace(square, face) ? square : undefined;
    },
    embed: (image, square) => faceres.describe(sampleSquare(image, square, FACERES_SIZE)),
  };
}

/** The cosine between two embeddings of unit length, −1…1. */
export function similarity(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}
