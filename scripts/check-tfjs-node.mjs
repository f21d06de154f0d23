/**
 * Runs BlazeFace on @tensorflow/tfjs-node and on WebAssembly and compares where they see eyes and mouths.
 *
 *   node scripts/check-tfjs-node.mjs FOLDER PHOTOS
 *
 * FOLDER was filled by scripts/build-tfjs-node.sh, PHOTOS by samples/make-samples.mjs. Needs dist/.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { faceDetector } from '../dist/detect/face/index.js';
import { openTfNode } from '../dist/models/tf-node.js';
import { openTfWasm } from '../dist/models/tf-wasm.js';
import { loadLandmarkFinder } from '../dist/models/face-embedding/blazeface-landmarks.js';

/** Of the face's longer side. */
const MOST_APART = 0.01;
const MOST_SCORE_DIFFERENCE = 0.02;

const [folder, photos, engineId] = process.argv.slice(2);
if (!folder || !photos) {
  process.stderr.write('usage: node scripts/check-tfjs-node.mjs FOLDER PHOTOS\n');
  process.exit(2);
}

/** The landmarks of all faces of all photos, on one engine. A process stays with one: engines share tfjs-core's state. */
async function findLandmarks(id) {
  const load = createRequire(join(resolve(folder), 'package.json'));
  const engine = id === 'tfjs-node' ? await openTfNode(process.versions.node, load) : await openTfWasm();
  const finder = await loadLandmarkFinder(engine);
  const detector = faceDetector();
  const found = [];
  for (const name of readdirSync(photos).sort()) {
    if (!/^(chat\.webp|phone-turned\.jpg|second-picture\.jpg|name-label\.jpg)$/.test(name)) continue;
    const pixels = sharp(join(photos, name)).autoOrient().removeAlpha().toColourspace('srgb').raw();
    const { data, info } = await pixels.toBuffer({ resolveWithObject: true });
    const image = { width: info.width, height: info.height, channels: 3, data };
    for (const { box } of (await detector.examine(image)).detections) {
      found.push({ name, box, landmarks: await finder.find(image, box) });
    }
  }
  return { engine: engine.name, found };
}

if (engineId) {
  process.stdout.write(JSON.stringify(await findLandmarks(engineId)));
  process.exit(0);
}

const self = fileURLToPath(import.meta.url);
const [native, wasm] = ['tfjs-node', 'tfjs-wasm'].map((id) =>
  JSON.parse(
    execFileSync(process.execPath, [self, folder, photos, id], {
      maxBuffer: 2 ** 26,
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  ),
);
const problems = [];
let [faces, worst] = [0, 0];
for (const [i, { name, box, landmarks }] of wasm.found.entries()) {
  const other = native.found[i]?.landmarks;
  if (!landmarks && !other) continue;
  faces++;
  const side = Math.max(box.width, box.height);
  const apart = ['leftEye', 'rightEye', 'mouth'].map((part) => {
    const [[x, y], [u, v]] = [landmarks?.[part] ?? [NaN, NaN], other?.[part] ?? [NaN, NaN]];
    return Math.hypot(x - u, y - v) / side;
  });
  const scores = Math.abs((landmarks?.score ?? NaN) - (other?.score ?? NaN));
  worst = Math.max(worst, ...apart);
  if (!apart.every((share) => share <= MOST_APART) || !(scores <= MOST_SCORE_DIFFERENCE)) {
    problems.push(`${name}: the eyes and mouth of a face lie elsewhere, or one engine sees none`);
  }
}
if (faces === 0) problems.push('no eyes were found on either engine');
if (problems.length > 0) {
  process.stderr.write(`${native.engine} and ${wasm.engine} differ:\n${problems.join('\n')}\n`);
  process.exit(1);
}
process.stdout.write(
  `${native.engine} and ${wasm.engine} find the same eyes and mouths of ${faces} faces; at most ${(worst * 100).toFixed(2)} % of a face apart\n`,
);
