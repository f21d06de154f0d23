import { join } from 'node:path';
import { openTfEngine } from '../dist/models/tf-engine.js';
import { openFaceEmbedder } from '../dist/models/face-embedding/index.js';
import { loadFaceApi } from './face-api.mjs';

/**
 * @typedef {object} Attacker who recognises faces
 * @property {string} id
 * @property {(image, face) => Promise<unknown>} locate the place of a face, from a detector's box; for `embed`
 * @property {(image, place) => Promise<Float32Array>} embed whatever is at a place
 */

/** @returns {Promise<Attacker[]>} both on the tool's own TensorFlow.js engine */
export async function openAttackers() {
  return [await openResnet(), await openFaceres()];
}

/** The attacker that the tool's own check is: BlazeFace's landmarks, faceres. */
async function openFaceres() {
  const embedder = await openFaceEmbedder();
  return {
    id: 'faceres',
    locate: async (image, face) => (await embedder.align(image, face)) ?? squareAround(face),
    embed: (image, square) => embedder.embed(image, square),
  };
}

/** Where no eyes are seen: as large as a face of that box usually is. */
function squareAround({ x, y, width, height }) {
  return {
    centre: [x + width / 2, y + height / 2],
    side: 1.45 * Math.max(width, height),
    angle: 0,
    isGuess: true,
  };
}

/** The ResNet-34 of dlib as @vladmandic/face-api has it, aligned by its 68 landmarks as its own API does. */
async function openResnet() {
  const { tf } = await openTfEngine();
  const { faceapi, folder } = loadFaceApi(tf);
  const { faceLandmark68Net, faceRecognitionNet } = faceapi.nets;
  for (const net of [faceLandmark68Net, faceRecognitionNet]) await net.loadFromDisk(join(folder, 'model'));
  const cut = async (image, rect, use) => {
    const tensor = tf.tensor3d(image.data, [image.height, image.width, 3], 'int32');
    const [face] = await faceapi.extractFaceTensors(tensor, [rect]);
    try {
      return await use(face);
    } finally {
      tf.dispose([tensor, face]);
    }
  };
  return {
    id: 'resnet-34',
    locate: (image, { x, y, width, height }) => {
      const box = new faceapi.Rect(x, y, width, height).clipAtImageBorders(image.width, image.height);
      return cut(image, box, async (face) =>
        (await faceLandmark68Net.detectLandmarks(face)).align(box, { useDlibAlignment: true }),
      );
    },
    embed: (image, rect) => cut(image, rect, (face) => faceRecognitionNet.computeFaceDescriptor(face)),
  };
}
