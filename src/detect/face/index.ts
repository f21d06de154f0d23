import { boxPolygon } from '../../core/geometry.js';
import { visibleVersions } from '../../core/visible-versions.js';
import type { BundledOnnx } from '../../inference/bundled-onnx.js';
import type { Detector } from '../contract.js';
import { isStrip } from '../network/index.js';
import { CENTERFACE, openCenterface } from './centerface.js';
import { lookForDistantFaces } from './distant-faces.js';
import { selectFaces, type FaceThresholds, type LookedAtFace } from './select-faces.js';

const ID = 'face';
const STRIP = 'The photo is too narrow a strip to look for faces';
const THRESHOLDS: FaceThresholds = { large: 0.4, small: 0.45, largeFrom: 0.15 };

/** Faces of any size and direction. */
export function faceDetector(): Detector {
  let opened: Promise<BundledOnnx> | undefined;
  const open = () => (opened ??= openCenterface());
  return {
    id: ID,
    kind: 'face',
    models: [CENTERFACE],
    load: async () => [(await open()).identity],
    examine: async (image) => {
      const { model } = await open();
      const seen: LookedAtFace[] = [];
      for (const version of visibleVersions(image)) seen.push(...(await lookForDistantFaces(model, version)));
      const side = Math.max(image.width, image.height);
      const detections = selectFaces(seen, side, THRESHOLDS).map(({ box, score }) => {
        return { kind: 'face' as const, box, polygon: boxPolygon(box), score, detector: ID };
      });
      const notExamined = isStrip(image.width, image.height) ? [STRIP] : [];
      return { detections, notExamined };
    },
  };
}
