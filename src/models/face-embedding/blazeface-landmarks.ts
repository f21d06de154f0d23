import type { Box } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { openConvertedGraph } from '../converted/index.js';
import { decodeLandmarks, type FaceLandmarks } from './face-landmarks.js';
import { sampleSquare, squareToImage, type Square } from './sample-square.js';

const SIZE = 256;
/** Names of the outputs: logits and codes of the fine grid, then of the coarse one. */
const OUTPUTS = ['Identity', 'Identity_2', 'Identity_1', 'Identity_3'];
/** Side of the square given to the network ÷ longer side of the face's box: it wants room around a face. */
const ROOM = 1.7;
/** Scores: below `LEAST` no face is believed; from `SURE` on no further direction is tried. */
const [LEAST, SURE] = [0.4, 0.75];
const QUARTER_TURNS = [0, 1, 3, 2];

/** Finds eyes and mouth in a face whose place is known. */
export interface LandmarkFinder {
  /**
   * In pixels of the image; undefined when no face is seen there in any of the four directions.
   * @param image three channels
   */
  find(image: PixelImage, face: Box): Promise<FaceLandmarks | undefined>;
}

/**
 * BlazeFace's landmarks (Bazarevsky et al. 2019).
 * @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable
 */
export async function loadLandmarkFinder(): Promise<LandmarkFinder> {
  const graph = await openConvertedGraph('blazeface', SIZE, OUTPUTS);
  const look = async (image: PixelImage, square: Square): Promise<FaceLandmarks | undefined> => {
    const input = sampleSquare(image, square, SIZE).map((value) => value / 127.5 - 1);
    const [logits, codes, coarseLogits, coarseCodes] = (await graph.run(input)) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const grids = [
      { stride: 16, perCell: 2, logits, codes },
      { stride: 32, perCell: 6, logits: coarseLogits, codes: coarseCodes },
    ];
    const seen = decodeLandmarks(grids, SIZE, LEAST);
    return (
      seen && {
        leftEye: squareToImage(square, SIZE, seen.leftEye),
        rightEye: squareToImage(square, SIZE, seen.rightEye),
        mouth: squareToImage(square, SIZE, seen.mouth),
        score: seen.score,
      }
    );
  };
  return {
    find: async (image, { x, y, width, height }) => {
      const side = ROOM * Math.max(width, height);
      let best: FaceLandmarks | undefined;
      for (const turns of QUARTER_TURNS) {
        const angle = (turns * Math.PI) / 2;
        const seen = await look(image, { centre: [x + width / 2, y + height / 2], side, angle });
        if (seen && seen.score > (best?.score ?? 0)) best = seen;
        if (best && best.score >= SURE) break;
      }
      return best;
    },
  };
}
