import type { PixelImage } from '../../core/image.js';
import { shrunk } from '../../imaging/resized.js';
import type { OnnxModel } from '../../models/onnx-engine.js';
import { wholeView, type View } from '../../models/view.js';
import { lookWithCenterface } from './centerface.js';
import { inPhoto, type SeenFace } from './seen-face.js';
import type { LookedAtFace } from './select-faces.js';
import { turned, turnedBack } from './turned.js';
import { isWorthALook, planFaceViews, TURNED_SIDES } from './views.js';

/** Below, a look says nothing. */
const LEAST = 0.1;

/** Longer side of a face that counts in a turned look, as a share of the photo's: smaller ones err often, and few photos lie on their side. */
const LEAST_TURNED = 0.1;

/**
 * Every face that CenterFace may have seen, at any size and not yet each once, in pixels of the photo.
 * @param image three channels
 * @throws {ImageDeidError} detector-failed
 */
export async function lookForDistantFaces(model: OnnxModel, image: PixelImage): Promise<LookedAtFace[]> {
  return [...(await lookUpright(model, image)), ...(await lookTurned(model, image))];
}

async function lookUpright(model: OnnxModel, image: PixelImage): Promise<LookedAtFace[]> {
  const { whole, closer } = planFaceViews(image.width, image.height);
  const seen: LookedAtFace[] = [];
  const look = async (view: View): Promise<readonly SeenFace[]> => {
    const faces = await lookWithCenterface(model, image, view, LEAST);
    seen.push(...faces.map((face) => ({ ...inPhoto(face, view), scale: scaleOf(view) })));
    return faces;
  };
  let [smaller, inSmaller]: [View | undefined, readonly SeenFace[]] = [undefined, []];
  for (const view of whole) [smaller, inSmaller] = [view, await look(view)];
  for (const view of closer) {
    if (smaller && isWorthALook(view, smaller, inSmaller)) await look(view);
  }
  return seen;
}

/** Large faces that lie on their side or head, in a small copy. */
async function lookTurned(model: OnnxModel, image: PixelImage): Promise<LookedAtFace[]> {
  const small = await shrunk(image, Math.max(...TURNED_SIDES));
  const factor = image.width / small.width;
  const seen: LookedAtFace[] = [];
  for (const turns of [1, 2, 3] as const) {
    const copy = await turned(small, turns);
    for (const side of TURNED_SIDES) {
      const view = wholeView(copy.width, copy.height, side / Math.max(copy.width, copy.height));
      for (const face of await lookWithCenterface(model, copy, view, LEAST)) {
        if (Math.max(face.box.width, face.box.height) < LEAST_TURNED * side) continue;
        const { x, y, width, height } = turnedBack(inPhoto(face, view).box, turns, small);
        const box = { x: x * factor, y: y * factor, width: width * factor, height: height * factor };
        seen.push({ box, score: face.score, scale: scaleOf(view) / factor });
      }
    }
  }
  return seen;
}

/** Pixels of the input per pixel of the photo; looks at one size have one, whichever way they stretch it. */
function scaleOf({ width, height, region }: View): number {
  const scale = Math.max(width, height) / Math.max(region.width, region.height);
  return Number(scale.toPrecision(2));
}
