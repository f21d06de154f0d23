/**
 * Compares the converted graphs on onnxruntime with TensorFlow's own library (@tensorflow/tfjs-node): each graph on
 * photos, and what HandTrack's whole graph says of every anchor.
 *
 *   npm run tool scripts/check-tfjs-node.ts FOLDER PHOTOS
 *
 * FOLDER was filled by scripts/build-tfjs-node.sh, PHOTOS by samples/make-samples.mjs. Needs dist/.
 */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { loadHandModel } from '../dist/detect/context/hands.js';
import { openConvertedGraph } from '../dist/models/converted/index.js';
import { rgbOf } from '../evaluation/support/rgb.ts';
import {
  askForHands,
  askTensorFlow,
  CONVERTED,
  largestDifference,
} from '../tests/support/converted-graphs.ts';
import { openTfjsNode } from '../tests/support/tensorflow.ts';
import { failUsage, toolArguments } from './support/arguments.ts';

/** Of numbers, as shares of the largest; of scores and the sides of boxes, as shares of the photo. */
const MOST_DIFFERENCE = 2e-4;
const NAMES = /^(chat\.webp|phone-turned\.jpg|second-picture\.jpg|name-label\.jpg)$/;

const { positionals } = toolArguments(import.meta.url, { allowPositionals: true });
const [folder = '', photos = ''] = positionals;
if (!folder || !photos) failUsage(import.meta.url, 'FOLDER and PHOTOS are missing');

const tensorFlow = await openTfjsNode(resolve(folder));
const names = readdirSync(photos).filter((name) => NAMES.test(name));
if (names.length === 0) throw new Error('Expected photos of the samples but found none');
const squeezed = (name: string, width: number, height: number) =>
  rgbOf(sharp(join(photos, name)).autoOrient().resize(width, height, { fit: 'fill' }));

for (const graph of CONVERTED) {
  const { id, size, outputs, part, range } = graph;
  const converted = await openConvertedGraph(id, size, outputs, part);
  let worst = 0;
  for (const name of names) {
    const [least, most] = range;
    const { data } = await squeezed(name, size, size);
    const input = Float32Array.from(data, (value) => least + ((most - least) * value) / 255);
    const expected = await askTensorFlow(tensorFlow, graph, input);
    const answers = await converted.run(input);
    worst = Math.max(
      worst,
      ...expected.map((answer, i) => largestDifference(answers[i] ?? new Float32Array(), answer)),
    );
  }
  tell(id, worst);
}

const hands = await loadHandModel();
let worst = 0;
for (const name of names) {
  const photo = await squeezed(name, 320, 240);
  const [scores, boxes] = await askForHands(tensorFlow, photo);
  const seen = await hands.look(photo, 0);
  if (seen.length * 7 !== scores.length) worst = Infinity;
  for (const [anchor, { score, upper, left, lower, right }] of seen.entries()) {
    const told = [
      Math.max(...scores.subarray(anchor * 7, anchor * 7 + 7)),
      ...boxes.subarray(anchor * 4, anchor * 4 + 4),
    ];
    [score, upper, left, lower, right].forEach((value, i) => {
      worst = Math.max(worst, Math.abs(value - (told[i] ?? Infinity)));
    });
  }
}
tell('handtrack, anchors', worst);

function tell(what: string, difference: number): void {
  if (!(difference <= MOST_DIFFERENCE)) {
    process.stderr.write(`${what}: onnxruntime and tfjs-node differ by ${difference}\n`);
    process.exit(1);
  }
  process.stdout.write(
    `${what}: at most ${difference.toExponential(1)} from tfjs-node in ${names.length} photos\n`,
  );
}
