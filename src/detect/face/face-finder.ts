import { eachOnce } from '../../core/each-once.js';
import { boxIou } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { visibleVersions } from '../../imaging/visible-versions.js';
import type { BundledOnnx } from '../../models/bundled-onnx.js';
import { wholeView } from '../../models/view.js';
import { lookWithRetinaface, openRetinaface } from './retinaface.js';
import { inPhoto, type SeenFace } from './seen-face.js';

/** Longer sides of the looks at the whole picture, and of the faces that count in each; in pixels of the input. */
const LOOKS = [
  { side: 160, largest: Infinity },
  { side: 320, largest: Infinity },
  // Closer, the network takes skin for large faces, which the looks before see anyway (docs/attacks.md).
  { side: 640, largest: 96 },
  { side: 1280, largest: 96 },
] as const;
/** Below, a look says nothing. */
const LEAST = 0.3;
/** Two boxes of the same face. */
const SAME_FACE = 0.45;

/** Looks for faces with another network than detection, for the check of the written file. */
export interface SecondFaceFinder {
  /**
   * Every face once, in pixels of the image; may reach beyond it. Score 0–1, of the surest look. Low ones are for the
   * caller to leave out.
   * @throws {ImageDeidError} detector-failed
   */
  find(image: PixelImage): Promise<SeenFace[]>;
}

let opened: Promise<BundledOnnx> | undefined;

/** Loads the network once per process. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export async function openSecondFaceFinder(): Promise<SecondFaceFinder> {
  const { model } = await (opened ??= openRetinaface());
  return {
    find: async (image) => {
      const seen: SeenFace[] = [];
      for (const version of visibleVersions(image)) {
        for (const { side, largest } of LOOKS) {
          const view = wholeView(image.width, image.height, side / Math.max(image.width, image.height));
          const faces = await lookWithRetinaface(model, version, view, LEAST);
          const counted = faces.filter(({ box }) => Math.max(box.width, box.height) <= largest);
          seen.push(...counted.map((face) => inPhoto(face, view)));
        }
      }
      return eachOnce(seen, (surer, face) => boxIou(surer.box, face.box) > SAME_FACE);
    },
  };
}
