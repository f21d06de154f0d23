import type { Detection } from '../../core/detection.js';
import { boxIou, boxPolygon } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { visibleVersions } from '../../imaging/visible-versions.js';
import type { OnnxModel } from '../../models/onnx-engine.js';
import type { Detector } from '../contract.js';
import { isStrip } from '../network/index.js';
import { anatomyOf } from './anatomy.js';
import { CENTERFACE, openCenterface } from './centerface.js';
import { lookForDistantFaces } from './distant-faces.js';
import { FACE_NET, lookForParts, openFaceNet } from './face-net.js';
import { isInHead, joinParts, type PartThresholds } from './join-parts.js';
import type { SeenFace } from './seen-face.js';
import { isPartOf, selectFaces, type FaceThresholds } from './select-faces.js';

const ID = 'face';
const STRIP = { id: 'not-examined/strip', values: { kind: 'face' } } as const;
/** Chosen for the bundled network by `training/evaluate_faces.py choose`, on folds that it is not measured on. */
const CLOSE: PartThresholds = { face: 0.35, faceWithFeatures: 0.14, supporting: 0.3, feature: 0.15 };
/** For faces that CenterFace alone sees. */
const ALONE: FaceThresholds = { large: 0.5, small: 0.5, largeFrom: 0.15 };
/** Less is enough where the network for close-ups finds no face, yet says that the photo shows part of one. */
const SUSPECTED: FaceThresholds = { ...ALONE, large: 0.3 };
const SHOWS_SOMETHING = 0.3;
/** From here on, a photo in which no face is found is suspected to show one all the same. */
const SUSPICIOUS = 0.35;
/**
 * A face that fills less than this share of the photo is no close-up, and a fist or a fan may look like one: if no
 * feature is seen in it, it must score at least `SURE`, or CenterFace must see it too with at least `CONFIRMS`.
 */
const CLOSE_UP_FROM = 0.1;
const SURE = 0.8;
const CONFIRMS = 0.3;
/** Least overlap (intersection over union) of one face's boxes; low, because two networks draw them differently. */
const SAME_FACE = 0.3;

/** Finds faces and single features: distant faces by CenterFace, close-ups and features by a network of our own. */
export function faceDetector(): Detector {
  const open = once(async () => ({ distant: await openCenterface(), close: await openFaceNet() }));
  return {
    id: ID,
    kind: 'face',
    models: [CENTERFACE, FACE_NET],
    load: async () => {
      const { distant, close } = await open();
      return [distant.identity, close.identity];
    },
    examine: async (image) => {
      const { distant, close } = await open();
      const detections: Detection[] = [];
      let isSuspected = false;
      for (const version of visibleVersions(image)) {
        const { seen, shown } = await facesOf(distant.model, close.model, version);
        detections.push(...seen);
        isSuspected ||= shown >= SUSPICIOUS && !seen.some(({ feature }) => !feature);
      }
      const notExamined = isStrip(image.width, image.height) ? [STRIP] : [];
      return { detections, notExamined, isSuspected };
    },
  };
}

/** @returns faces and single features, and how likely the photo shows anything of a face */
async function facesOf(distant: OnnxModel, close: OnnxModel, image: PixelImage) {
  const closeUp = await lookForParts(close, image);
  const { parts, shown } = closeUp;
  const seen = await lookForDistantFaces(distant, image);
  const near = joinParts(
    parts,
    CLOSE,
    ({ box, score }) =>
      score >= SURE ||
      box.width * box.height >= CLOSE_UP_FROM * image.width * image.height ||
      seen.some((other) => other.score >= CONFIRMS && boxIou(other.box, box) > SAME_FACE),
  );
  const side = Math.max(image.width, image.height);
  const isSuspected = shown >= SHOWS_SOMETHING && near.faces.length === 0;
  const far = selectFaces(seen, side, isSuspected ? SUSPECTED : ALONE).filter(
    (face) => !near.faces.some((known) => isSameFace(face, known)),
  );
  const faces = [...near.faces, ...far];
  const features = near.features.filter((feature) => !faces.some((face) => isInHead(feature.box, face.box)));
  const detected = <T extends SeenFace>(seen: T) =>
    ({ kind: 'face', ...seen, polygon: boxPolygon(seen.box), detector: ID }) as const;
  const all: Detection[] = [
    ...faces.map((face) => ({ ...detected(face), anatomy: anatomyOf(face.box, closeUp, image) })),
    ...features.map(detected),
  ];
  return { seen: all, shown };
}

function isSameFace(face: SeenFace, known: SeenFace): boolean {
  return boxIou(face.box, known.box) > SAME_FACE || isPartOf(face, known);
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load());
}
