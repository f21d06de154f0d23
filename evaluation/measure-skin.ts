/**
 * Figures of `npm run eval -- --only skin`: how much of eyes and mouths stays bare when the skin of faces is left
 * (heads with masks), and what becomes of a patch of skin that a doctor keeps on a clinical photo of a face. Needs dist/.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { composeToolbox } from '../dist/compose.js';
import { boxPolygon, type Box } from '../dist/core/geometry.js';
import { faceDetector } from '../dist/detect/face/index.js';
import { cropAroundKeep } from '../dist/fit/index.js';
import { DEFAULT_SETTINGS, processImage, type StagingArea } from '../dist/pipeline/index.js';
import { coverMask, planRedactions } from '../dist/redact/index.js';
import { withInterval } from './measure-faces.ts';
import { numbersOf } from './numbers-of.ts';
import {
  CLINICAL_SETS,
  MASKED_SET,
  readLabels,
  type HeldOut,
  type LabelledBox,
  type LabelledPhoto,
} from './support/labels.ts';
import { rgbOf } from './support/rgb.ts';

/** Colours of the masks, as red, green and blue. */
const PARTS: Readonly<Record<string, string>> = {
  eyes: '0,0,255',
  mouths: '0,255,0',
  noses: '0,255,255',
  skin: '255,255,0',
};
/** A patch's side as a share of its face's width, and how far it stays from a labelled feature, as a share of that. */
const [PATCH, APART] = [0.25, 0.1];
/** Who will see it, and whether the photo is cropped to the patch. */
const WAYS = [
  ['clinical', false],
  ['professional', false],
  ['professional', true],
] as const;
/** Places tried in a face until one holds no feature. */
const TRIES = 200;
/** The least share of a patch that counts as the patch. */
const LEFT = 0.9;

const MEMORY: StagingArea = { stage: (bytes) => Promise.resolve(bytes) };

/** @returns lines for docs/EVALUATION.md */
export async function measureSkin(data: string, heldOut: HeldOut): Promise<string[]> {
  return [...(await measureMasks(data, heldOut)), ...(await measurePatches(data, heldOut))];
}

async function measureMasks(data: string, heldOut: HeldOut): Promise<string[]> {
  const detector = faceDetector();
  const photos = heldOut(MASKED_SET, readLabels(data, MASKED_SET).images);
  const [all, bare] = [new Map<string, number>(), new Map<string, number>()];
  let left = 0;
  for (const { file, mask } of photos) {
    if (mask === undefined) throw new Error(`Expected a mask for each photo of ${MASKED_SET}`);
    const frame = await rgbOf(sharp(join(data, MASKED_SET, file)));
    const colours = (await rgbOf(sharp(join(data, MASKED_SET, mask)))).data;
    const { detections } = await detector.examine(frame);
    const plan = planRedactions(detections, frame, { keep: [], allowFaceInKeep: false, faces: 'features' });
    if (plan.keptBack.some(({ reason }) => reason.id === 'plan/skin-left')) left++;
    coverMask(frame, plan.redactions).forEach((covered, pixel) => {
      const part = colours.subarray(pixel * 3, pixel * 3 + 3).join();
      all.set(part, (all.get(part) ?? 0) + 1);
      if (covered === 0) bare.set(part, (bare.get(part) ?? 0) + 1);
    });
  }
  const shares = Object.entries(PARTS).map(([name, colour]) => {
    const share = (bare.get(colour) ?? 0) / (all.get(colour) ?? NaN);
    return `${name} ${(100 * share).toFixed(2)} %`;
  });
  return [
    `${photos.length} held-out photos of ${MASKED_SET}, skin left in ${left}: pixels left bare: ${shares.join(', ')}`,
  ];
}

interface Kept {
  /** The share of the patch's pixels outside features that is as it was. */
  readonly untouched: number;
  /** The share of all its pixels. */
  readonly left: number;
  readonly cleared: boolean;
  readonly why: readonly string[];
}

async function measurePatches(data: string, heldOut: HeldOut): Promise<string[]> {
  const toolbox = await composeToolbox();
  const lines: string[] = [];
  for (const [destination, cropToKeep] of WAYS) {
    const results: Kept[] = [];
    for (const set of CLINICAL_SETS) {
      const faces = heldOut(set, readLabels(data, set).images).filter((photo) => photo.class === 'face');
      for (const photo of faces) {
        const patch = placeOf(photo);
        if (!patch) continue;
        const settings = { ...DEFAULT_SETTINGS, destination, cropToKeep, keep: [patch] };
        const bytes = readFileSync(join(data, set, photo.file));
        const done = await processImage(bytes, settings, toolbox, MEMORY);
        results.push(judged(done, patch, cropToKeep));
      }
    }
    const share = (isSo: (kept: Kept) => boolean) => withInterval(results.map(isSo));
    const reasons = new Map<string, number>();
    for (const { cleared, why } of results) {
      if (!cleared) for (const id of why) reasons.set(id, (reasons.get(id) ?? 0) + 1);
    }
    lines.push(
      `${results.length} held-out clinical photos of a face, for ${destination}, a patch of ${PATCH * 100} % of the face's width kept${cropToKeep ? ', and the photo cropped to it,' : ''} where no feature is labelled: every pixel outside features untouched ${share(({ untouched }) => untouched === 1)}, at least ${LEFT * 100} % of the patch left ${share(({ left }) => left >= LEFT)}, something left ${share(({ left }) => left > 0)}, cleared ${share(({ cleared }) => cleared)}${reasons.size > 0 ? `; else ${[...reasons].map(([id, count]) => `\`${id}\` ${count}`).join(', ')}` : ''}`,
    );
  }
  return lines;
}

type Done = Awaited<ReturnType<typeof processImage>>;

function judged({ examined, fitted, redacted, decision }: Done, patch: Box, isCropped: boolean): Kept {
  const [before, after] = [fitted.image.frames[0]!.pixels, redacted.frames[0]!.pixels];
  const features = examined.detections
    .flat()
    .flatMap(({ anatomy }) => anatomy?.features ?? [])
    .map(({ feature, box }) => ({ kind: 'face', feature, box, detector: 'face', score: 1 }) as const)
    .map((seen) => ({ ...seen, polygon: boxPolygon(seen.box) }));
  const size = examined.source.frames[0]!.pixels;
  const crop = isCropped ? cropAroundKeep([patch], size) : undefined;
  const { x: left, y: top } = crop ?? { x: 0, y: 0 };
  const isFeature = coverMask(
    size,
    planRedactions(features, size, { keep: [], allowFaceInKeep: false, extent: 'wide' }).redactions,
  );
  let [all, same, outside, untouched] = [0, 0, 0, 0];
  for (let y = patch.y; y < patch.y + patch.height; y++) {
    for (let x = patch.x; x < patch.x + patch.width; x++) {
      const at = ((y - top) * before.width + x - left) * before.channels;
      const isSame = [0, 1, 2].every((channel) => before.data[at + channel] === after.data[at + channel]);
      all++;
      if (isSame) same++;
      if (isFeature[y * size.width + x] === 1) continue;
      outside++;
      if (isSame) untouched++;
    }
  }
  return {
    untouched: outside === 0 ? 1 : untouched / outside,
    left: same / all,
    cleared: decision.outcome === 'cleared',
    why: decision.reasons.map(({ id }) => id),
  };
}

/** A place in the largest face where no feature is labelled, always the same for a photo; undefined: none was found. */
function placeOf({ file, width, height, objects }: LabelledPhoto): Box | undefined {
  const labelled = objects.filter(({ ignore }) => !ignore);
  const [face] = labelled
    .filter(({ kind }) => kind === 'face')
    .map(({ box }) => box)
    .sort((a, b) => b[2] * b[3] - a[2] * a[3]);
  if (!face) return undefined;
  const [x, y, w, h] = face;
  const side = Math.floor(PATCH * w);
  const random = numbersOf(file);
  for (let i = 0; i < TRIES; i++) {
    // The middle of the patch lies in the middle of the face, as its box holds hair and background too.
    const [u, v] = [x + (0.2 + 0.6 * random()) * w, y + (0.2 + 0.6 * random()) * h];
    const patch = { x: Math.round(u - side / 2), y: Math.round(v - side / 2), width: side, height: side };
    const isInside = patch.x >= 0 && patch.y >= 0 && patch.x + side <= width && patch.y + side <= height;
    const isClear = labelled.every(({ kind, box }) => kind === 'face' || !meet(patch, box));
    if (isInside && isClear) return patch;
  }
  return undefined;
}

function meet(patch: Box, [x, y, w, h]: LabelledBox): boolean {
  const [dx, dy] = [APART * w, APART * h];
  return (
    patch.x < x + w + dx &&
    x - dx < patch.x + patch.width &&
    patch.y < y + h + dy &&
    y - dy < patch.y + patch.height
  );
}
