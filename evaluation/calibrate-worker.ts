/** Embeds photos for calibrate.ts: in one thread, one photo after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import { z } from 'zod';
import type { Detection } from '../dist/core/detection.js';
import { boxPolygon, type Box, type Point } from '../dist/core/geometry.js';
import type { PixelImage } from '../dist/core/image.js';
import { faceDetector } from '../dist/detect/face/index.js';
import { openAttackers, squareOf, type FaceSquare } from './calibrate-attackers.ts';
import { CONDITIONS, type Condition, type Scene } from './calibrate-conditions.ts';
import { drawnBox } from './calibrate-boxes.ts';
import { ROLES, type Embedded, type Job, type Result, type Role } from './calibrate-measure.ts';
import { numbersOf } from './numbers-of.ts';
import { rgbOf } from './support/rgb.ts';

const GIVEN = z.object({ useDetector: z.boolean() });
const JOB = z.object({ file: z.string(), role: z.enum(ROLES), name: z.string(), seed: z.number() });

if (!parentPort) throw new Error('This is a thread of calibrate.ts');
const port = parentPort;
const detector = GIVEN.parse(workerData).useDetector ? faceDetector() : undefined;
await detector?.load();
const { attackers } = await openAttackers();

port.on('message', (message: unknown) => {
  // A failure ends the thread, and with it the measurement.
  embed(JOB.parse(message)).then(
    (result) => port.postMessage(result),
    (error: unknown) => {
      throw error;
    },
  );
});

/** Embeds one photo; distractors are never redacted. */
async function embed({ file, role, name, seed }: Job): Promise<Result> {
  // Each photo has its own numbers: the same numbers in two photos of one person would give the person away.
  const words = `${seed} ${name} ${role}`;
  const image = await rgbOf(sharp(file).autoOrient());
  const { width, height } = image;
  // In LFW, faces are in the middle.
  const middle = { x: 0.3 * width, y: 0.27 * height, width: 0.4 * width, height: 0.48 * height };
  const square = await squareOf(image, middle);
  const detections = await detect(image, square, numbersOf(`${words} box`));
  const face = nearestTo(square.centre, detections);
  if (!face) return { name, role, missed: true };
  const places = await Promise.all(attackers.map((attacker) => attacker.locate(image, face)));
  const scene: Scene = { image, detections, face, square };
  const embeddings: Embedded['embeddings'] = {};
  const shares: Embedded['shares'] = {};
  for (const condition of CONDITIONS) {
    if (condition.id !== 'unredacted' && !isWanted(condition, role)) continue;
    const result = await condition.apply(scene, numbersOf(`${words} ${condition.id}`));
    shares[condition.id] = result.share;
    const seen: Record<string, Float32Array> = {};
    for (const [i, { id }] of attackers.entries()) {
      if (condition.isPart && id !== 'faceres') continue;
      seen[id] = await places[i]!(result.image);
    }
    embeddings[condition.id] = seen;
  }
  return { name, role, missed: false, embeddings, shares, isGuess: square.isGuess === true };
}

function isWanted({ isOnGallery }: Condition, role: Role): boolean {
  return role === 'probe' || (role === 'gallery' && isOnGallery === true);
}

async function detect(
  image: PixelImage,
  square: FaceSquare,
  random: () => number,
): Promise<readonly Detection[]> {
  if (detector) return (await detector.examine(image)).detections;
  const box = drawnBox(square, random);
  return [{ kind: 'face', box, polygon: boxPolygon(box), score: 1, detector: 'drawn' }];
}

function nearestTo([x, y]: Point, detections: readonly Detection[]): Box | undefined {
  const distance = ({ box }: Detection) => Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y);
  return [...detections].sort((a, b) => distance(a) - distance(b))[0]?.box;
}
