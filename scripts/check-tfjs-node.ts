/**
 * Runs BlazeFace on @tensorflow/tfjs-node and on WebAssembly, and compares where they see eyes and mouths.
 *
 *   npm run tool scripts/check-tfjs-node.ts FOLDER PHOTOS
 *
 * FOLDER was filled by scripts/build-tfjs-node.sh, PHOTOS by samples/make-samples.mjs. Needs dist/.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import sharp from 'sharp';
import { faceDetector } from '../dist/detect/face/index.js';
import { openTfNode } from '../dist/models/tf-node.js';
import { openTfWasm } from '../dist/models/tf-wasm.js';
import { loadLandmarkFinder } from '../dist/models/face-embedding/blazeface-landmarks.js';
import { rgbOf } from '../evaluation/support/rgb.ts';
import { failUsage, toolArguments } from './support/arguments.ts';

/** As a share of the face's longer side. */
const MOST_APART = 0.01;
const MOST_SCORE_DIFFERENCE = 0.02;

const { positionals } = toolArguments(import.meta.url, { allowPositionals: true });
const [folder = '', photos = '', engineId] = positionals;
if (!folder || !photos) failUsage(import.meta.url, 'FOLDER and PHOTOS are missing');

const POINT = z.tuple([z.number(), z.number()]);
/** What one engine says about all faces. */
const TOLD = z.object({
  engine: z.string(),
  found: z.array(
    z.object({
      name: z.string(),
      box: z.looseObject({ width: z.number(), height: z.number() }),
      landmarks: z
        .looseObject({ leftEye: POINT, rightEye: POINT, mouth: POINT, score: z.number() })
        .optional(),
    }),
  ),
});

/** The landmarks of all faces in all photos, on one engine. One engine per process: they share tfjs-core's state. */
async function findLandmarks(id: string): Promise<object> {
  const load = createRequire(join(resolve(folder), 'package.json'));
  const engine = id === 'tfjs-node' ? await openTfNode(process.versions.node, load) : await openTfWasm();
  const finder = await loadLandmarkFinder(engine);
  const detector = faceDetector();
  const found: object[] = [];
  for (const name of readdirSync(photos).sort()) {
    if (!/^(chat\.webp|phone-turned\.jpg|second-picture\.jpg|name-label\.jpg)$/.test(name)) continue;
    const image = await rgbOf(sharp(join(photos, name)).autoOrient());
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
const askEngine = (id: string) =>
  TOLD.parse(
    JSON.parse(
      execFileSync(process.execPath, [...process.execArgv, self, folder, photos, id], {
        encoding: 'utf8',
        maxBuffer: 2 ** 26,
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    ),
  );
const [native, wasm] = [askEngine('tfjs-node'), askEngine('tfjs-wasm')] as const;
const problems: string[] = [];
let [faces, worst] = [0, 0] as [number, number];
for (const [i, { name, box, landmarks }] of wasm.found.entries()) {
  const other = native.found[i]?.landmarks;
  if (!landmarks && !other) continue;
  faces++;
  const side = Math.max(box.width, box.height);
  const apart = (['leftEye', 'rightEye', 'mouth'] as const).map((part) => {
    const [x, y] = landmarks?.[part] ?? [NaN, NaN];
    const [u, v] = other?.[part] ?? [NaN, NaN];
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
