import { join } from 'node:path';
import type { Box, Point } from '../dist/core/geometry.js';
import type { PixelImage } from '../dist/core/image.js';
import { openFaceEmbedder, type Square } from '../dist/models/face-embedding/index.js';
import { openTensorFlow } from '../tests/support/tensorflow.ts';
import { loadFaceApi, type FaceRect, type Tensor } from './face-api.ts';

export const ATTACKERS = ['resnet-34', 'faceres'] as const;
export type AttackerId = (typeof ATTACKERS)[number];

/** Embeds whatever is in the place of a face. */
export type Embed = (image: PixelImage) => Promise<Float32Array>;

/** An attacker who recognises faces. */
export interface Attacker {
  readonly id: AttackerId;
  /** Finds the exact place of a face around which a detector drew a box. */
  locate(image: PixelImage, face: Box): Promise<Embed>;
  /** Embeds what is in a box, enlarged to the network's input, whether it is a face or not. */
  enlarge(image: PixelImage, box: Box): Promise<Float32Array>;
}

/** Finds the 68 points of iBUG's face mark-up around which a detector drew a box, in pixels of the image. */
export type FindMarks = (image: PixelImage, face: Box) => Promise<readonly Point[]>;

/** A face's square; a guess when no eyes are seen. */
export interface FaceSquare extends Square {
  readonly isGuess?: true;
}

/** Both attackers, on the engines that run them: onnxruntime, and TensorFlow.js. */
export async function openAttackers(): Promise<{
  readonly attackers: readonly Attacker[];
  readonly findMarks: FindMarks;
}> {
  const { attacker, findMarks } = await openResnet();
  return { attackers: [attacker, await openFaceres()], findMarks };
}

/** The attacker that the tool's own check imitates: BlazeFace's landmarks, faceres. */
async function openFaceres(): Promise<Attacker> {
  const embedder = await openFaceEmbedder();
  return {
    id: 'faceres',
    locate: async (image, face) => {
      const square = await squareOf(image, face);
      return (other) => embedder.embed(other, square);
    },
    enlarge: (image, { x, y, width, height }) =>
      embedder.embed(image, {
        centre: [x + width / 2, y + height / 2],
        side: Math.max(width, height),
        angle: 0,
      }),
  };
}

/** The face aligned as the tool's own check does it. */
export async function squareOf(image: PixelImage, face: Box): Promise<FaceSquare> {
  const embedder = await openFaceEmbedder();
  return (await embedder.align(image, face)) ?? squareAround(face);
}

/** When no eyes are seen: as large as a face in such a box usually is. */
function squareAround({ x, y, width, height }: Box): FaceSquare {
  return {
    centre: [x + width / 2, y + height / 2],
    side: 1.45 * Math.max(width, height),
    angle: 0,
    isGuess: true,
  };
}

/** The ResNet-34 of dlib from @vladmandic/face-api, with faces aligned by 68 landmarks as in its own API. */
async function openResnet(): Promise<{ readonly attacker: Attacker; readonly findMarks: FindMarks }> {
  const { tf } = await openTensorFlow();
  const { faceapi, folder } = loadFaceApi(tf);
  const { faceLandmark68Net, faceRecognitionNet } = faceapi.nets;
  for (const net of [faceLandmark68Net, faceRecognitionNet]) await net.loadFromDisk(join(folder, 'model'));
  const cut = async <T>(image: PixelImage, rect: FaceRect, use: (face: Tensor) => Promise<T>): Promise<T> => {
    const tensor = tf.tensor3d(image.data, [image.height, image.width, 3], 'int32');
    const [face] = await faceapi.extractFaceTensors(tensor, [rect]);
    if (!face) throw new Error('Expected the pixels of a face but received none');
    try {
      return await use(face);
    } finally {
      tf.dispose([tensor, face]);
    }
  };
  const placeOf = (image: PixelImage, { x, y, width, height }: Box) =>
    new faceapi.Rect(x, y, width, height).clipAtImageBorders(image.width, image.height);
  const attacker: Attacker = {
    id: 'resnet-34',
    locate: async (image, face) => {
      const box = placeOf(image, face);
      const place = await cut(image, box, async (pixels) =>
        (await faceLandmark68Net.detectLandmarks(pixels)).align(box, { useDlibAlignment: true }),
      );
      return (other) => cut(other, place, (pixels) => faceRecognitionNet.computeFaceDescriptor(pixels));
    },
    enlarge: (image, box) =>
      cut(image, placeOf(image, box), (pixels) => faceRecognitionNet.computeFaceDescriptor(pixels)),
  };
  const findMarks: FindMarks = (image, face) => {
    const box = placeOf(image, face);
    return cut(image, box, async (pixels) => {
      const { relativePositions } = await faceLandmark68Net.detectLandmarks(pixels);
      return relativePositions.map(({ x, y }): Point => [box.x + x * box.width, box.y + y * box.height]);
    });
  };
  return { attacker, findMarks };
}
