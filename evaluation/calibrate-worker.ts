/** Embeds photos for calibrate.ts: in one thread, one photo after the other. */
import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { z } from 'zod';
import type { Detection } from '../dist/core/detection.js';
import { boxPolygon, type Box, type Point } from '../dist/core/geometry.js';
import type { PixelImage } from '../dist/core/image.js';
import type { Detector } from '../dist/detect/contract.js';
import { faceDetector } from '../dist/detect/face/index.js';
import { openAttackers, squareOf, type FaceSquare } from './calibrate-attackers.ts';
import type { Condition, Scene } from './calibrate-conditions.ts';
import { drawnBox } from './calibrate-boxes.ts';
import { ROLES, type Embedded, type Job, type Result, type Role } from './calibrate-measure.ts';
import { CONDITIONS, SETS } from './calibrate-sets.ts';
import { numbersOf } from './numbers-of.ts';
import { rgbOf } from './support/rgb.ts';

const JOB = z.object({
  file: z.string(),
  role: z.enum(ROLES),
  name: z.string(),
  seed: z.number(),
  set: z.enum(SETS),
  byDetector: z.boolean(),
});

if (!parentPort) throw new Error('This is a thread of calibrate.ts');
const port = parentPort;
let detector: Detector | undefined;
const { attackers, findMarks } = await openAttackers();

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
async function embed({ file, role, name, seed, set, byDetector }: Job): Promise<Result> {
  // Each photo has its own numbers: the same numbers in two photos of one person would give the person away.
  const words = `${seed} ${name} ${role}`;
  const image = await rgbOf(sharp(file).autoOrient());
  const { width, height } = image;
  // In LFW, faces are in the middle.
  const middle = { x: 0.3 * width, y: 0.27 * height, width: 0.4 * width, height: 0.48 * height };
  const square = await squareOf(image, middle);
  const detections = byDetector ? await detected(image) : [drawnFace(square, numbersOf(`${words} box`))];
  const face = nearestTo(
    square.centre,
    detections.filter(({ feature }) => !feature),
  );
  if (!face) return { name, role, missed: true };
  const places = await Promise.all(attackers.map((attacker) => attacker.locate(image, face)));
  const scene: Scene = { image, detections, face, square, name, marks: await findMarks(image, face) };
  const embeddings: Embedded['embeddings'] = {};
  const shares: Embedded['shares'] = {};
  const skins: Embedded['skins'] = {};
  for (const condition of CONDITIONS[set]) {
    if (condition.id !== 'unredacted' && !isWanted(condition, role)) continue;
    const result = await condition.apply(scene, numbersOf(`${words} ${condition.id}`));
    shares[condition.id] = result.share;
    const seen: Record<string, Float32Array> = {};
    for (const [i, attacker] of attackers.entries()) {
      if (condition.attackers && !condition.attackers.includes(attacker.id)) continue;
      const { image, enlarge } = result;
      seen[attacker.id] = await (enlarge ? attacker.enlarge(image, enlarge) : places[i]!(image));
    }
    if (result.skin) skins[condition.id] = result.skin;
    embeddings[condition.id] = seen;
  }
  return {
    name,
    role,
    missed: false,
    embeddings,
    shares,
    skins,
    width: face.width,
    isGuess: square.isGuess === true,
  };
}

function isWanted({ isOnGallery }: Condition, role: Role): boolean {
  return role === 'probe' || (role === 'gallery' && isOnGallery === true);
}

/** What the tool's own detector finds; it is loaded by the first photo that needs it. */
async function detected(image: PixelImage): Promise<readonly Detection[]> {
  if (!detector) {
    detector = faceDetector();
    await detector.load();
  }
  return (await detector.examine(image)).detections;
}

function drawnFace(square: FaceSquare, random: () => number): Detection {
  const box = drawnBox(square, random);
  return { kind: 'face', box, polygon: boxPolygon(box), score: 1, detector: 'drawn' };
}

function nearestTo([x, y]: Point, detections: readonly Detection[]): Box | undefined {
  const distance = ({ box }: Detection) => Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y);
  return [...detections].sort((a, b) => distance(a) - distance(b))[0]?.box;
}
