import type { PixelImage } from '../../core/image.js';
import type { OnnxModel } from '../../models/onnx-engine.js';
import type { Viewport } from '../../models/viewport.js';
import { lookWithCenterface } from './centerface.js';
import { inPhoto, type SeenFace } from './seen-face.js';
import type { LookedAtFace } from './select-faces.js';
import { isWorthALook, planFaceViewports } from './viewports.js';

/** Faces with lower scores are left out. */
const LEAST = 0.1;

/**
 * Every upright face that CenterFace may have seen, at any size, in pixels of the photo; a face may be listed several
 * times. The network for close-ups sees faces that lie sideways, if they are large enough for it.
 * @param image three channels
 * @throws {ImageDeidError} detector-failed
 */
export async function lookForDistantFaces(model: OnnxModel, image: PixelImage): Promise<LookedAtFace[]> {
  const { whole, closer } = planFaceViewports(image.width, image.height);
  const seen: LookedAtFace[] = [];
  const look = async (viewport: Viewport): Promise<readonly SeenFace[]> => {
    const faces = await lookWithCenterface(model, image, viewport, LEAST);
    seen.push(...faces.map((face) => ({ ...inPhoto(face, viewport), scale: scaleOf(viewport) })));
    return faces;
  };
  let [smaller, inSmaller]: [Viewport | undefined, readonly SeenFace[]] = [undefined, []];
  for (const viewport of whole) [smaller, inSmaller] = [viewport, await look(viewport)];
  for (const viewport of closer) {
    if (smaller && isWorthALook(viewport, smaller, inSmaller)) await look(viewport);
  }
  return seen;
}

/** Pixels of the input per pixel of the photo, rounded so that looks at one size agree despite slight stretching. */
function scaleOf({ width, height, part }: Viewport): number {
  const scale = Math.max(width, height) / Math.max(part.width, part.height);
  return Number(scale.toPrecision(2));
}
