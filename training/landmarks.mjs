/**
 * The 68 landmarks of the face in the middle of each portrait, a teacher for train_faces.py:
 *
 *     node training/landmarks.mjs DATA faces.json landmarks.json
 *
 * faces.json is teacher.py's. Writes {"folder/file": [[x, y] × 68]} in the photo's pixels.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { openTfEngine } from '../dist/models/tf-engine.js';
import { loadFaceApi } from '../scripts/face-api.mjs';

const FOLDERS = ['face/reid', 'face/singles'];
const LEAST_SCORE = 0.5;

const [data, found, out] = process.argv.slice(2);
const { tf } = await openTfEngine();
const { faceapi, folder } = loadFaceApi(tf);
const network = faceapi.nets.faceLandmark68Net;
await network.loadFromDisk(join(folder, 'model'));

const answers = {};
for (const [name, faces] of Object.entries(JSON.parse(await readFile(found, 'utf8')))) {
  if (!FOLDERS.some((each) => name.startsWith(`${each}/`))) continue;
  const pixels = sharp(join(data, name)).removeAlpha().toColourspace('srgb');
  const { data: bytes, info } = await pixels.raw().toBuffer({ resolveWithObject: true });
  // Portraits are cut out around the person that they are named after.
  const [middleX, middleY] = [info.width / 2, info.height / 2];
  const own = faces.find(
    ([x, y, w, h, score]) =>
      score >= LEAST_SCORE && x < middleX && middleX < x + w && y < middleY && middleY < y + h,
  );
  if (!own) continue;
  const tensor = tf.tensor3d(new Uint8Array(bytes), [info.height, info.width, 3], 'int32');
  const box = new faceapi.Rect(...own.slice(0, 4)).toSquare().clipAtImageBorders(info.width, info.height);
  const [face] = await faceapi.extractFaceTensors(tensor, [box]);
  const marks = await network.detectLandmarks(face);
  answers[name] = marks.relativePositions.map(({ x, y }) => [
    Math.round((box.x + x * box.width) * 10) / 10,
    Math.round((box.y + y * box.height) * 10) / 10,
  ]);
  tf.dispose([tensor, face]);
}
await writeFile(out, JSON.stringify(answers));
console.log(`${Object.keys(answers).length} portraits`);
