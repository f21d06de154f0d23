import type { Point, Polygon } from '../../core/geometry.js';
import { isInside } from '../../imaging/convex.js';
import type { PixelImage } from '../../core/image.js';
import type { ProbabilityMap } from '../../imaging/probability-map.js';
import { openNetwork, toPhoto, type SecondLooks } from '../network/index.js';
import { decodeTattoos, type TattooPiece, type TattooThresholds } from './decode-tattoos.js';
import { agreement, joinMaps } from './join-maps.js';

/** Chosen on skin without tattoos that the network was not trained on; stricter than detection: docs/attacks.md. */
const THRESHOLDS: TattooThresholds = { reach: 0.5, sure: 0.97, minCells: 12, maxCells: Infinity };

/** Looks for tattoos again, at sizes that detection did not use, for the check of the written file. */
export interface SecondTattooFinder {
  /**
   * Convex pieces of tattoos, in pixels of the image, where two looks at its mirror image agree.
   * @param covered convex polygons; tattoos inside them do not count
   * @throws {ImageDeidError} detector-failed
   */
  find(image: PixelImage, covered: readonly Polygon[]): Promise<TattooPiece[]>;
}

/** Loads the network once per process. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export async function openSecondTattooFinder(): Promise<SecondTattooFinder> {
  const network = await openNetwork();
  return {
    find: async (image, covered) =>
      (await network.lookAgain(image)).flatMap((looks) => tattoosOutside(looks, covered)),
  };
}

function tattoosOutside({ mirrored, coarse, fine }: SecondLooks, covered: readonly Polygon[]): TattooPiece[] {
  const { width } = mirrored;
  const { part } = fine.viewport;
  const inMirror = covered.map((polygon) => polygon.map(([x, y]): Point => [width - x, y]));
  const surely = joinMaps(fine.tattoo, coarse.tattoo, agreement);
  // Covered cells need to be removed from one map only: tattoos are made of cells of `maybe`.
  const maybe = withoutCovered(joinMaps(fine.tattoo, coarse.tattoo, Math.max), inMirror, mirrored);
  return decodeTattoos(maybe, surely, THRESHOLDS).map(({ polygon, score }) => ({
    polygon: toPhoto(polygon, maybe, part).map(([x, y]): Point => [width - x, y]),
    score,
  }));
}

/** A copy in which cells of possible ink are 0 if their middle lies in a polygon; the map shows the whole picture. */
function withoutCovered(
  map: ProbabilityMap,
  covered: readonly Polygon[],
  picture: { readonly width: number; readonly height: number },
): ProbabilityMap {
  const { width, height } = map;
  const data = map.data.map((value, cell) => {
    if (value <= THRESHOLDS.reach) return value;
    const middle: Point = [
      (((cell % width) + 0.5) * picture.width) / width,
      ((Math.floor(cell / width) + 0.5) * picture.height) / height,
    ];
    return covered.some((polygon) => isInside(polygon, middle)) ? 0 : value;
  });
  return { width, height, data };
}
