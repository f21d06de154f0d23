/**
 * Figures of `npm run eval -- --only faces` for clinical photos whose faces and features were labelled by hand: each
 * has a `class` (face, part or none) and boxes of faces, eyes, noses, mouths and ears. Only faces are looked for. Needs
 * dist/.
 */
import { join } from 'node:path';
import sharp from 'sharp';
import type { Detection, Redaction } from '../dist/core/detection.js';
import { boxPolygon, type Polygon } from '../dist/core/geometry.js';
import { faceDetector } from '../dist/detect/face/index.js';
import { isInside } from '../dist/imaging/convex.js';
import { planRedactions } from '../dist/redact/plan.js';
import {
  CLINICAL_SETS,
  readLabels,
  type HeldOut,
  type LabelledBox,
  type LabelledPhoto,
} from './support/labels.ts';
import { rgbOf } from './support/rgb.ts';

const FEATURES = ['eye', 'nose', 'mouth', 'ear'];
/** Shares of the photo's area: from the first, a single feature counts; from the second, a false face hurts. */
const LEAST_FEATURE = 0.01;
const LARGE_FALSE = 0.05;
/** Shares that have to be covered or found: of a face, of a feature's inner half, and of a single feature. */
const [PROTECTED, CORE, FOUND] = [0.8, 0.9, 0.5];
/** Sample points along each side. */
const SAMPLES = 48;

/** Individual typology angle in degrees (Chardon et al. 1991), darkest first: each tone begins above its number. */
const TONES: readonly (readonly [name: string, from: number])[] = [
  ['dark', -Infinity],
  ['brown', -30],
  ['tan', 10],
  ['intermediate', 28],
  ['light', 41],
];

/**
 * @param data the folder of labelled photos
 * @returns lines for docs/EVALUATION.md
 */
export async function measureFaces(data: string, heldOut: HeldOut): Promise<string[]> {
  const detector = faceDetector();
  const all: (Judged & { readonly file: string; readonly tone: string | undefined })[] = [];
  const milliseconds: number[] = [];
  for (const set of CLINICAL_SETS) {
    for (const image of heldOut(set, readLabels(data, set).images)) {
      const file = join(data, set, image.file);
      const frame = await rgbOf(sharp(file).autoOrient());
      const before = process.cpuUsage();
      const { detections } = await detector.examine(frame);
      const { user, system } = process.cpuUsage(before);
      milliseconds.push((user + system) / 1000);
      const { redactions } = planRedactions(detections, frame, { keep: [], allowFaceInKeep: false });
      all.push({
        file: image.file,
        ...judged(image, { detections, redactions }),
        tone: await toneOf(file, image),
      });
    }
  }
  milliseconds.sort((a, b) => a - b);
  const share = (name: string, tries: readonly boolean[]) => `${name}: ${withInterval(tries)}`;
  const faces = all.flatMap((photo) => photo.faces);
  const none = all.filter((photo) => photo.class === 'none');
  const lines = [
    `${all.length} held-out photos of ${CLINICAL_SETS.join(' and ')}: ${all.filter((photo) => photo.class === 'face').length} with a face, ${none.length} without any part of one`,
    share(
      'faces protected',
      faces.map((face) => face.isProtected),
    ),
    share(
      'faces, core covered',
      faces.map((face) => face.isCore),
    ),
    share(
      'features inside faces, core covered',
      all.flatMap((photo) => photo.features),
    ),
    share(
      'single features of 1 % of the photo and more found',
      all.flatMap((photo) => photo.singles),
    ),
    share(
      'photos without a face with a false one',
      none.map((photo) => photo.falseArea > 0),
    ),
    share(
      'photos without a face in which a false one covers more than 5 %',
      none.map((photo) => photo.falseArea > LARGE_FALSE),
    ),
    share(
      'photos without a face with a false single feature',
      none.map((photo) => photo.hasFeature),
    ),
    `false faces: ${list(none.filter((photo) => photo.falseArea > 0))}`,
    `faces that are not protected: ${list(all.filter(({ faces }) => faces.some((face) => !face.isProtected)))}`,
    `median ${milliseconds[Math.floor(milliseconds.length / 2)]?.toFixed(0)} ms of processor per photo`,
  ];
  for (const [tone] of TONES) {
    const of = all.filter((photo) => photo.tone === tone);
    if (of.length === 0) continue;
    const protectedFaces = withInterval(of.flatMap((photo) => photo.faces.map((face) => face.isProtected)));
    const large = withInterval(
      of.filter((photo) => photo.class === 'none').map((photo) => photo.falseArea > LARGE_FALSE),
    );
    lines.push(`tone ${tone}: faces protected ${protectedFaces}; false faces over 5 % ${large}`);
  }
  return lines;
}

/** The result for one photo. */
interface Judged {
  readonly class: string | undefined;
  readonly faces: readonly { readonly isProtected: boolean; readonly isCore: boolean }[];
  /** Whether the core of each feature inside a face is covered; whether each single feature is found. */
  readonly features: readonly boolean[];
  readonly singles: readonly boolean[];
  /** The share of the photo that is covered; 0–1. */
  readonly falseArea: number;
  readonly hasFeature: boolean;
}

function judged(
  image: LabelledPhoto,
  answer: { readonly detections: readonly Detection[]; readonly redactions: readonly Redaction[] },
): Judged {
  const shapes = answer.redactions.map(({ polygon }) => polygon);
  const found = answer.detections.map(({ box }) => boxPolygon(box));
  const objects = image.objects.filter(({ ignore }) => !ignore);
  const isFace = image.class === 'face';
  const features = objects.filter(({ kind }) => FEATURES.includes(kind));
  const area = image.width * image.height;
  const whole: LabelledBox = [0, 0, image.width, image.height];
  return {
    class: image.class,
    faces: objects
      .filter(({ kind }) => kind === 'face')
      .map(({ box }) => ({
        isProtected: coverage(box, shapes) >= PROTECTED,
        isCore: coverage(inner(box), shapes) >= CORE,
      })),
    features: isFace ? features.map(({ box }) => coverage(inner(box), shapes) >= CORE) : [],
    singles: isFace
      ? []
      : features
          .filter(({ box }) => box[2] * box[3] >= LEAST_FEATURE * area)
          .map(({ box }) => coverage(box, found) >= FOUND),
    falseArea: coverage(whole, shapes),
    hasFeature: answer.detections.some(({ feature }) => feature !== undefined),
  };
}

const list = (photos: readonly { readonly file: string }[]) =>
  photos.map(({ file }) => `\`${file}\``).join(', ') || 'none';
const inner = ([x, y, w, h]: LabelledBox): LabelledBox => [x + w / 4, y + h / 4, w / 2, h / 2];

/** The share of a box that lies in any of the polygons. */
export function coverage([x, y, w, h]: LabelledBox, polygons: readonly Polygon[]): number {
  let covered = 0;
  for (let i = 0; i < SAMPLES ** 2; i++) {
    const u = x + (((i % SAMPLES) + 0.5) / SAMPLES) * w;
    const v = y + ((Math.floor(i / SAMPLES) + 0.5) / SAMPLES) * h;
    if (polygons.some((polygon) => isInside(polygon, [u, v]))) covered++;
  }
  return covered / SAMPLES ** 2;
}

/** "12/15 = 0.800 (0.548–0.930)": a share with its 95 % interval (Wilson 1927). */
export function withInterval(tries: readonly boolean[]): string {
  const n = tries.length;
  if (n === 0) return '0/0';
  const hits = tries.filter(Boolean).length;
  const [p, z] = [hits / n, 1.96];
  const middle = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const reach = (z / (1 + z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  return `${hits}/${n} = ${p.toFixed(3)} (${(middle - reach).toFixed(3)}–${(middle + reach).toFixed(3)})`;
}

/** The tone of the median colour of the photo's skin; in a photo with a face, of the face's inner half. */
export async function toneOf(
  file: string,
  { width, height, objects }: Pick<LabelledPhoto, 'width' | 'height' | 'objects'>,
): Promise<string | undefined> {
  const [face] = objects.filter(({ kind }) => kind === 'face');
  const [x, y, w, h] = face ? inner(face.box) : ([0, 0, width, height] as const);
  const region = {
    left: Math.max(0, Math.round(x)),
    top: Math.max(0, Math.round(y)),
    width: Math.max(1, Math.min(Math.round(w), width - Math.round(x))),
    height: Math.max(1, Math.min(Math.round(h), height - Math.round(y))),
  };
  const pixels = await sharp(file)
    .removeAlpha()
    .toColourspace('srgb')
    .extract(region)
    .resize(128, 128, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer();
  const lights: number[] = [];
  const yellows: number[] = [];
  for (let i = 0; i < pixels.length; i += 3) {
    const [light, a, b] = lab(pixels[i]!, pixels[i + 1]!, pixels[i + 2]!);
    if (light < 15 || light > 95 || a < 2 || a > 40 || b < 3 || b > 45) continue;
    lights.push(light);
    yellows.push(b);
  }
  if (lights.length === 0) return undefined;
  const angle = (Math.atan2(median(lights) - 50, median(yellows)) * 180) / Math.PI;
  return TONES.findLast(([, from]) => angle > from)?.[0];
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** CIELAB under D65. */
function lab(red: number, green: number, blue: number): [light: number, a: number, b: number] {
  const linear = (value: number) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const [r, g, b] = [linear(red), linear(green), linear(blue)];
  const curve = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const [x, y, z] = [
    curve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047),
    curve(0.2126 * r + 0.7152 * g + 0.0722 * b),
    curve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883),
  ] as const;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
