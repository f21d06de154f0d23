import { boxIou } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { openNetwork, type Look } from '../network/index.js';
import type { SeenFace } from './select-faces.js';

/** Below, a look says nothing. */
const LEAST = 0.15;
/** Two boxes of the same face. */
const SAME_FACE = 0.45;

/** Looks for faces again, in views that detection did not use, for the check of the written file. */
export interface SecondFaceFinder {
  /**
   * Every face once, in pixels of the image; may reach beyond it. Score 0–1: how likely at least one of the two looks is
   * right, if they err independently. Low ones are for the caller to leave out.
   * @throws {ImageDeidError} detector-failed
   */
  find(image: PixelImage): Promise<SeenFace[]>;
}

/** Loads the network once per process. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export async function openSecondFaceFinder(): Promise<SecondFaceFinder> {
  const network = await openNetwork();
  return {
    find: async (image) => {
      const versions = await network.lookAgain(image);
      return versions.flatMap(({ mirrored, coarse, fine }) =>
        joinLooks(facesOf(coarse), facesOf(fine)).map(({ box, score }) => ({
          box: { ...box, x: mirrored.width - box.x - box.width },
          score,
        })),
      );
    },
  };
}

/** In pixels of the mirrored photo. */
function facesOf({ view: { region, width, height }, faces }: Look): SeenFace[] {
  const [sx, sy] = [region.width / width, region.height / height];
  return faces
    .filter(({ score }) => score >= LEAST)
    .map(({ box, score }) => ({
      box: { x: box.x * sx, y: box.y * sy, width: box.width * sx, height: box.height * sy },
      score,
    }));
}

/** Each face once, where its surest box is; from 1 − (1 − p)(1 − q), p and q the best scores of the two looks. */
export function joinLooks(coarse: readonly SeenFace[], fine: readonly SeenFace[]): SeenFace[] {
  const joined: SeenFace[] = [];
  let rest = [...coarse, ...fine].sort((a, b) => b.score - a.score);
  for (let surest = rest[0]; surest; surest = rest[0]) {
    const { box } = surest;
    const isSame = (face: SeenFace) => boxIou(face.box, box) > SAME_FACE;
    const best = (look: readonly SeenFace[]) =>
      Math.max(0, ...look.filter((face) => rest.includes(face) && isSame(face)).map(({ score }) => score));
    joined.push({ box, score: 1 - (1 - best(coarse)) * (1 - best(fine)) });
    rest = rest.filter((face) => face !== surest && !isSame(face));
  }
  return joined;
}
