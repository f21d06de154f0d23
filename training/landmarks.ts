/**
 * The 68 landmarks of the face in the middle of each portrait, a teacher for train_faces.py:
 *
 *     npm run tool training/landmarks.ts DATA faces.json landmarks.json
 *
 * faces.json is teacher.py's. Writes {"folder/file": [[x, y] × 68]} in the photo's pixels.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { loadFaceApi } from '../evaluation/face-api.ts';
import { rgbOf } from '../evaluation/support/rgb.ts';
import { failUsage, toolArguments } from '../scripts/support/arguments.ts';
import { readJson } from '../scripts/support/json.ts';
import { openTensorFlow } from '../tests/support/tensorflow.ts';

const FOLDERS = ['face/reid', 'face/singles'];
const LEAST_SCORE = 0.5;

/** By folder and file: [x, y, width, height, score] of each face. */
const FACES = z.record(
  z.string(),
  z.array(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()])),
);

const { positionals } = toolArguments(import.meta.url, { allowPositionals: true });
const [data, found, out] = positionals;
if (data === undefined || found === undefined || out === undefined) {
  failUsage(import.meta.url, 'DATA, faces.json or landmarks.json is missing');
}
const { tf } = await openTensorFlow();
const { faceapi, folder } = loadFaceApi(tf);
const network = faceapi.nets.faceLandmark68Net;
await network.loadFromDisk(join(folder, 'model'));

const answers: Record<string, [x: number, y: number][]> = {};
for (const [name, faces] of Object.entries(readJson(found, FACES))) {
  if (!FOLDERS.some((each) => name.startsWith(`${each}/`))) continue;
  const image = await rgbOf(sharp(join(data, name)));
  // Portraits are cut out around the person that they are named after.
  const [middleX, middleY] = [image.width / 2, image.height / 2] as const;
  const own = faces.find(
    ([x, y, w, h, score]) =>
      score >= LEAST_SCORE && x < middleX && middleX < x + w && y < middleY && middleY < y + h,
  );
  if (!own) continue;
  const tensor = tf.tensor3d(new Uint8Array(image.data), [image.height, image.width, 3], 'int32');
  const [x, y, width, height] = own;
  const rect = new faceapi.Rect(x, y, width, height);
  const box = rect.toSquare().clipAtImageBorders(image.width, image.height);
  const [face] = await faceapi.extractFaceTensors(tensor, [box]);
  if (!face) throw new Error('Expected the pixels of a face but received none');
  const marks = await network.detectLandmarks(face);
  answers[name] = marks.relativePositions.map(({ x, y }) => [
    Math.round((box.x + x * box.width) * 10) / 10,
    Math.round((box.y + y * box.height) * 10) / 10,
  ]);
  tf.dispose([tensor, face]);
}
await writeFile(out, JSON.stringify(answers));
console.log(`${Object.keys(answers).length} portraits`);
