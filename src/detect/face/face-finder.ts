import { eachOnce } from '../../core/each-once.js';
import { boxIou } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { visibleVersions } from '../../imaging/visible-versions.js';
import type { BundledOnnx } from '../../models/bundled-onnx.js';
import { wholeViewport } from '../../models/viewport.js';
import { lookWithRetinaface, openRetinaface } from './retinaface.js';
import { inPhoto, type FaceWithPoints } from './seen-face.js';

/** Longer side of each look at the whole picture, and of the largest face that counts in it; in pixels of the input. */
const LOOKS = [
  { side: 160, largest: Infinity },
  { side: 320, largest: Infinity },
  // Close up, the network mistakes skin for large faces; the looks before see real ones anyway (docs/attacks.md).
  { side: 640, largest: 96 },
  { side: 1280, largest: 96 },
] as const;
/** Faces with lower scores are left out. */
const LEAST = 0.3;
/** Boxes that overlap more than this (intersection over union) show the same face. */
const SAME_FACE = 0.45;

/** Looks for faces with a network that detection does not use, for the check of the written file. */
export interface SecondFaceFinder {
  /**
   * Every face once, in pixels of the image; may reach beyond it. The score, 0–1, is that of the surest look; the
   * caller leaves out low ones.
   * @throws {ImageDeidError} detector-failed
   */
  find(image: PixelImage): Promise<FaceWithPoints[]>;
}

let opened: Promise<BundledOnnx> | undefined;

/** Loads the network once per process. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export async function openSecondFaceFinder(): Promise<SecondFaceFinder> {
  const { model } = await (opened ??= openRetinaface());
  return {
    find: async (image) => {
      const seen: FaceWithPoints[] = [];
      for (const version of visibleVersions(image)) {
        for (const { side, largest } of LOOKS) {
          const viewport = wholeViewport(
            image.width,
            image.height,
            side / Math.max(image.width, image.height),
          );
          const faces = await lookWithRetinaface(model, version, viewport, LEAST);
          const counted = faces.filter(({ box }) => Math.max(box.width, box.height) <= largest);
          seen.push(...counted.map((face) => inPhoto(face, viewport)));
        }
      }
      return eachOnce(seen, (surer, face) => boxIou(surer.box, face.box) > SAME_FACE);
    },
  };
}
