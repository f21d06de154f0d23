/**
 * Figures of `npm run eval -- --only faint`: faces made dark, faint or foggy, by skin tone, each covered, sent to a
 * person or passed over in silence; what the second look does to ordinary photos. Only faces are looked for. Needs dist/.
 */
import { join } from 'node:path';
import sharp from 'sharp';
import type { Detection } from '../dist/core/detection.js';
import type { PixelImage } from '../dist/core/image.js';
import type { Detector } from '../dist/detect/contract.js';
import { faceDetector } from '../dist/detect/face/index.js';
import { coverMask } from '../dist/redact/cover-mask.js';
import { planRedactions } from '../dist/redact/plan.js';
import { faintnessOf } from '../dist/imaging/faint.js';
import { lookTwice } from '../dist/pipeline/index.js';
import { toneOf, withInterval } from './measure-faces.ts';
import {
  CLINICAL_SETS,
  readLabels,
  type HeldOut,
  type LabelledBox,
  type LabelledPhoto,
} from './support/labels.ts';
import { normal, seeded } from './support/planes.ts';
import { rgbInput, rgbOf } from './support/rgb.ts';

/** For each tone and source; tones as in `measure-faces.ts`, the darkest first. */
const EACH = 10;
const GROUPS = { dark: ['dark', 'brown'], light: ['light'] } as const;
/** In the middle of every portrait of LFW: 250 × 250 pixels. */
const PORTRAIT: LabelledBox = [85, 85, 80, 90];
/** A face counts as covered when this share of its box is. */
const PROTECTED = 0.8;
const ORDINARY = [...CLINICAL_SETS, 'negative/dermoscopy', 'negative/skin', 'negative/hands'] as const;

const changed = (image: PixelImage, level: (value: number, pixel: number) => number): PixelImage => ({
  ...image,
  data: Uint8Array.from(image.data, (value, i) =>
    Math.max(0, Math.min(255, Math.round(level(value, Math.floor(i / 3))))),
  ),
});

const CONDITIONS: Readonly<Record<string, (image: PixelImage) => PixelImage>> = {
  '15 % contrast': (image) => changed(image, (value) => (value - 128) * 0.15 + 128),
  '5 % brightness': (image) => changed(image, (value) => value * 0.05),
  'curtain, 22 %': (image) => {
    const cloth = curtain(image.width, image.height);
    return changed(image, (value, pixel) => 0.22 * value + 0.78 * (cloth[pixel] as number));
  },
};

/** Luminance of a bright curtain: folds, weave and grain. */
function curtain(width: number, height: number): Float32Array {
  const random = seeded(width + height);
  const folds = Array.from({ length: 6 }, () => ({
    phase: random() * 6.28,
    often: ((3 + random() * 14) * 6.28) / width,
  }));
  return Float32Array.from({ length: width * height }, (_, pixel) => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const fold = folds.reduce((sum, { phase, often }) => sum + Math.sin(x * often + phase + y / height), 0);
    const weave = (x % 4 < 2 ? 3 : -3) * (y % 4 < 2 ? 1 : -1);
    return 205 + 7 * fold + weave + 2 * normal(random);
  });
}

async function throughJpeg(image: PixelImage): Promise<PixelImage> {
  const file = await sharp(image.data, rgbInput(image)).jpeg({ quality: 92 }).toBuffer();
  return rgbOf(sharp(file));
}

interface Face {
  readonly file: string;
  readonly box: LabelledBox;
  readonly tone: string;
}

/** Photos of faces of a tone, as many of each source. */
async function facesOf(data: string, heldOut: HeldOut, group: keyof typeof GROUPS): Promise<Face[]> {
  const chosen: Face[] = [];
  const sources: [readonly string[], (photo: LabelledPhoto) => LabelledBox | undefined][] = [
    [CLINICAL_SETS, ({ objects }) => objects.find(({ kind }) => kind === 'face')?.box],
    [['face/singles'], () => PORTRAIT],
  ];
  for (const [sets, boxOf] of sources) {
    const found: Face[] = [];
    for (const set of sets) {
      for (const photo of heldOut(set, readLabels(data, set).images)) {
        const box = boxOf(photo);
        if (!box) continue;
        const file = join(data, set, photo.file);
        const tone = await toneOf(file, { ...photo, objects: [{ kind: 'face', box }] });
        if (tone) found.push({ file, box, tone });
      }
    }
    chosen.push(
      ...GROUPS[group].flatMap((tone) => found.filter((face) => face.tone === tone)).slice(0, EACH),
    );
  }
  return chosen;
}

/** How much of a box the planned redactions cover, 0–1. */
function coveredOf(
  [left, top, width, height]: LabelledBox,
  image: PixelImage,
  redactions: ReturnType<typeof planRedactions>['redactions'],
): number {
  const mask = coverMask(image, redactions);
  let [covered, count] = [0, 0];
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(image.height, top + height); y++) {
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(image.width, left + width); x++, count++) {
      covered += mask[y * image.width + x] ?? 0;
    }
  }
  return covered / count;
}

const detector = faceDetector();

/** What the face detector sees in a photo, and what in the photo alone. */
async function bothLooks(image: PixelImage) {
  let first: readonly Detection[] | undefined;
  const noting: Detector = {
    ...detector,
    examine: async (shown) => {
      const seen = await detector.examine(shown);
      first ??= seen.detections;
      return seen;
    },
  };
  const seen = await lookTwice(image, [noting], undefined);
  return { ...seen, first: first ?? [] };
}

/** @returns lines for docs/EVALUATION.md */
export async function measureFaint(data: string, heldOut: HeldOut): Promise<string[]> {
  const keep = { keep: [], allowFaceInKeep: false };
  const groups = { dark: await facesOf(data, heldOut, 'dark'), light: await facesOf(data, heldOut, 'light') };
  const lines = [
    `held-out faces, half of DermNet, half LFW portraits: ${groups.dark.length} dark and brown, ${groups.light.length} light, as JPEG of quality 92`,
  ];
  for (const [name, make] of Object.entries(CONDITIONS)) {
    for (const [tone, faces] of Object.entries(groups)) {
      const results: { once: boolean; covered: boolean; safe: boolean }[] = [];
      for (const { file, box } of faces) {
        const image = await throughJpeg(make(await rgbOf(sharp(file).autoOrient())));
        const isCovered = (seen: Parameters<typeof planRedactions>[0]) =>
          coveredOf(box, image, planRedactions(seen, image, keep).redactions) >= PROTECTED;
        const { first, detections, notExamined } = await bothLooks(image);
        const covered = isCovered(detections);
        results.push({
          once: isCovered(first),
          covered,
          safe: covered || notExamined.has('face'),
        });
      }
      const share = (key: 'once' | 'covered' | 'safe') => withInterval(results.map((result) => result[key]));
      lines.push(
        `${name}, ${tone}: covered or sent to a person ${share('safe')}; covered ${share('covered')}, by the first look alone ${share('once')}`,
      );
    }
  }
  return [...lines, ...(await ordinaryPhotos(data, heldOut))];
}

/** How often ordinary photos are looked at twice, what that covers in addition, and how many a person has to see. */
async function ordinaryPhotos(data: string, heldOut: HeldOut): Promise<string[]> {
  const lines: string[] = [];
  for (const set of ORDINARY) {
    const photos = heldOut(set, readLabels(data, set).images);
    let [twice, asked, more] = [0, 0, 0];
    for (const { file } of photos) {
      const image = await rgbOf(sharp(join(data, set, file)).autoOrient());
      if (!faintnessOf(image).isFaint) continue;
      twice++;
      const { first, detections, notExamined } = await bothLooks(image);
      const faces = (seen: readonly Detection[]) => seen.filter(({ feature }) => !feature).length;
      if (notExamined.size > 0) asked++;
      if (faces(detections) > faces(first)) more++;
    }
    lines.push(
      `${set}, ${photos.length} ordinary photos: looked at twice ${twice}, with one more face ${more}, sent to a person ${asked}`,
    );
  }
  return lines;
}
