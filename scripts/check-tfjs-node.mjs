/**
 * Runs BlazeFace on @tensorflow/tfjs-node and on WebAssembly and compares what they find.
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
import { boundingBox, boxIou } from '../dist/core/geometry.js';
import { loadBlazeface } from '../dist/detect/face/blazeface.js';
import { boxToSource } from '../dist/detect/face/view.js';
import { viewPixels } from '../dist/detect/face/view-pixels.js';
import { faceViews } from '../dist/detect/face/views.js';
import { openTfNode } from '../dist/inference/tf-node.js';
import { openTfWasm } from '../dist/inference/tf-wasm.js';

const LEAST_IOU = 0.98;
const MOST_SCORE_DIFFERENCE = 0.02;
const LEAST_SCORE = 0.3;
/** A face whose score is this close to the least may be seen by one engine only. */
const NEAR = 0.02;

const [folder, photos, engineId] = process.argv.slice(2);
if (!folder || !photos) {
  process.stderr.write('usage: node scripts/check-tfjs-node.mjs FOLDER PHOTOS\n');
  process.exit(2);
}

/** All faces of all photos, on one engine. A process stays with one: engines share tfjs-core's state. */
async function findFaces(id) {
  const load = createRequire(join(resolve(folder), 'package.json'));
  const engine = id === 'tfjs-node' ? await openTfNode(process.versions.node, load) : await openTfWasm();
  const model = await loadBlazeface(engine);
  const found = {};
  for (const name of readdirSync(photos).sort()) {
    if (!/^(chat\.webp|phone-turned\.jpg|second-picture\.jpg|name-label\.jpg)$/.test(name)) continue;
    const pixels = sharp(join(photos, name)).autoOrient().removeAlpha().toColourspace('srgb').raw();
    const { data, info } = await pixels.toBuffer({ resolveWithObject: true });
    const image = { width: info.width, height: info.height, channels: 3, data };
    found[name] = [];
    for (const view of faceViews(info.width, info.height)) {
      const faces = await model.detect(await viewPixels(image, view, model.inputSize), LEAST_SCORE);
      for (const { box, score } of faces) {
        const polygon = boxToSource(view, model.inputSize, box);
        found[name].push({ box: boundingBox(polygon), score, view: `${view.turns} ${view.fill}` });
      }
    }
  }
  return { engine: engine.name, found };
}

if (engineId) {
  process.stdout.write(JSON.stringify(await findFaces(engineId)));
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
let [faces, worst] = [0, 1];
for (const [name, expected] of Object.entries(wasm.found)) {
  for (const [here, there] of [
    [expected, native.found[name]],
    [native.found[name], expected],
  ]) {
    for (const face of here) {
      faces++;
      const best = Math.max(
        0,
        ...there.map((other) =>
          other.view === face.view && Math.abs(other.score - face.score) < MOST_SCORE_DIFFERENCE
            ? boxIou(other.box, face.box)
            : 0,
        ),
      );
      const doubtful = Math.abs(face.score - LEAST_SCORE) < NEAR;
      if (best >= LEAST_IOU) worst = Math.min(worst, best);
      else if (!doubtful)
        problems.push(
          `${name}: a face of score ${face.score.toFixed(3)} in view ${face.view} has no equal (IoU ${best.toFixed(3)})`,
        );
    }
  }
}
if (faces === 0) problems.push('no face was found on either engine');
if (problems.length > 0) {
  process.stderr.write(`${native.engine} and ${wasm.engine} differ:\n${problems.join('\n')}\n`);
  process.exit(1);
}
process.stdout.write(
  `${native.engine} and ${wasm.engine} find the same ${faces / 2} faces; smallest IoU ${worst.toFixed(4)}\n`,
);
