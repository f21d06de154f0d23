/** Embeds photos for calibrate.mjs: one thread, one photo after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import { boxPolygon } from '../dist/core/geometry.js';
import { faceDetector } from '../dist/detect/face/index.js';
import { openAttackers } from './calibrate-attackers.mjs';
import { CONDITIONS } from './calibrate-conditions.mjs';
import { drawnBox } from './calibrate-boxes.mjs';
import { numbersOf } from './calibrate-numbers.mjs';

const detector = workerData.useDetector ? faceDetector() : undefined;
await detector?.load();
const attackers = await openAttackers();
const faceres = attackers.find(({ id }) => id === 'faceres');

parentPort.on('message', async ({ file, role, name, seed }) => {
  const image = await read(file);
  // Of each photo its own: the same numbers for two photos of one person would give him away.
  const result = await embed(image, role, `${seed} ${name} ${role}`);
  parentPort.postMessage({ name, role, ...result });
});

async function read(file) {
  const { data, info } = await sharp(file)
    .autoOrient()
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}

/** Distractors are never redacted. */
async function embed(image, role, words) {
  const { width, height } = image;
  // LFW centres faces.
  const middle = { x: 0.3 * width, y: 0.27 * height, width: 0.4 * width, height: 0.48 * height };
  const square = await faceres.locate(image, middle);
  const detections = await detect(image, square, numbersOf(`${words} box`));
  const face = nearestTo(square.centre, detections);
  if (!face) return { missed: true };
  const places = await Promise.all(attackers.map((attacker) => attacker.locate(image, face)));
  const scene = { image, detections, face, square };
  const embeddings = {};
  const shares = {};
  for (const condition of CONDITIONS) {
    if (condition.id !== 'unredacted' && !isWanted(condition, role)) continue;
    const result = await condition.apply(scene, numbersOf(`${words} ${condition.id}`));
    shares[condition.id] = result.share;
    embeddings[condition.id] = {};
    for (const [i, attacker] of attackers.entries()) {
      if (condition.isPart && attacker !== faceres) continue;
      embeddings[condition.id][attacker.id] = await attacker.embed(result.image, places[i]);
    }
  }
  return { embeddings, shares, isGuess: square.isGuess === true };
}

function isWanted({ isOnGallery }, role) {
  return role === 'probe' || (role === 'gallery' && isOnGallery);
}

async function detect(image, square, random) {
  if (detector) return (await detector.examine(image)).detections;
  const box = drawnBox(square, random);
  return [{ kind: 'face', box, polygon: boxPolygon(box), score: 1, detector: 'drawn' }];
}

function nearestTo([x, y], detections) {
  const distance = ({ box }) => Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y);
  return [...detections].sort((a, b) => distance(a) - distance(b))[0]?.box;
}
