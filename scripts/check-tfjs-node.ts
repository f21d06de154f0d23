/**
 * Runs HandTrack on @tensorflow/tfjs-node and on WebAssembly, and compares what every anchor says.
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
import { loadHandModel } from '../dist/detect/context/hands.js';
import { openTfNode } from '../dist/models/tf-node.js';
import { openTfWasm } from '../dist/models/tf-wasm.js';
import { rgbOf } from '../evaluation/support/rgb.ts';
import { failUsage, toolArguments } from './support/arguments.ts';

/** Of scores, 0–1, and of the sides of boxes, as shares of the photo. */
const MOST_DIFFERENCE = 0.01;
const NAMES = /^(chat\.webp|phone-turned\.jpg|second-picture\.jpg|name-label\.jpg)$/;

const { positionals } = toolArguments(import.meta.url, { allowPositionals: true });
const [folder = '', photos = '', engineId] = positionals;
if (!folder || !photos) failUsage(import.meta.url, 'FOLDER and PHOTOS are missing');

/** What one engine says about all photos. */
const TOLD = z.object({ engine: z.string(), numbers: z.array(z.number()) });

/** What every anchor says of all photos, on one engine. One engine per process: they share tfjs-core's state. */
async function look(id: string): Promise<z.infer<typeof TOLD>> {
  const load = createRequire(join(resolve(folder), 'package.json'));
  const engine = id === 'tfjs-node' ? await openTfNode(process.versions.node, load) : await openTfWasm();
  const hands = await loadHandModel(engine);
  const numbers: number[] = [];
  for (const name of readdirSync(photos).sort()) {
    if (!NAMES.test(name)) continue;
    const { scores, boxes } = await hands.look(await rgbOf(sharp(join(photos, name)).autoOrient()));
    for (const part of [scores, boxes]) for (const value of part) numbers.push(value);
  }
  return { engine: engine.name, numbers };
}

if (engineId) {
  const told = JSON.stringify(await look(engineId));
  // A pipe takes so much only bit by bit.
  process.stdout.write(told, () => process.exit(0));
  await new Promise(() => undefined);
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
const [count, both] = [wasm.numbers.length, `${native.engine} and ${wasm.engine}`];
const worst = wasm.numbers.reduce((most, value, i) => {
  return Math.max(most, Math.abs(value - (native.numbers[i] ?? Infinity)));
}, 0);
if (count === 0 || native.numbers.length !== count || !(worst <= MOST_DIFFERENCE)) {
  process.stderr.write(`${both} differ: by ${worst} in ${count} numbers\n`);
  process.exit(1);
}
process.stdout.write(`${both} say the same of hands: ${count} numbers, at most ${worst.toFixed(4)} apart\n`);
