/**
 * What `npm run eval -- --only faces` says of clinical photos whose faces and features were labelled by hand: `class` face,
 * part or none of each photo, boxes of faces, eyes, noses, mouths and ears. Only faces are looked for. Needs dist/.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { faceDetector } from '../dist/detect/face/index.js';
import { planRedactions } from '../dist/redact/plan.js';

const SETS = ['face/dermnet', 'negative/dermnet'];
const FEATURES = ['eye', 'nose', 'mouth', 'ear'];
/** Of the photo's area, from which on a single feature counts and a false face hurts. */
const LEAST_FEATURE = 0.01;
const LARGE_FALSE = 0.05;
/** Share of a face, of a feature's inner half and of a single feature that has to be covered or found. */
const [PROTECTED, CORE, FOUND] = [0.8, 0.9, 0.5];
/** Sample points along each side. */
const SAMPLES = 48;

/** Individual typology angle in degrees (Chardon et al. 1991), darkest first: each begins above the number. */
const TONES = [
  ['dark', -Infinity],
  ['brown', -30],
  ['tan', 10],
  ['intermediate', 28],
  ['light', 41],
];

/**
 * @param heldOut (set, images) => those that no model was trained on
 * @returns lines for docs/EVALUATION.md
 */
export async function measureFaces(data, heldOut) {
  const detector = faceDetector();
  const all = [];
  const milliseconds = [];
  for (const set of SETS) {
    const { images } = JSON.parse(readFileSync(join(data, set, 'labels.json'), 'utf8'));
    for (const image of heldOut(set, images)) {
      const file = join(data, set, image.file);
      const pixels = sharp(file).autoOrient().removeAlpha().toColourspace('srgb').raw();
      const { data: bytes, info } = await pixels.toBuffer({ resolveWithObject: true });
      const frame = { width: info.width, height: info.height, channels: 3, data: bytes };
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
  const share = (name, tries) => `${name}: ${withInterval(tries)}`;
  const faces = all.flatMap((photo) => photo.faces);
  const none = all.filter((photo) => photo.class === 'none');
  const lines = [
    `${all.length} held-out photos of ${SETS.join(' and ')}: ${all.filter((photo) => photo.class === 'face').length} with a face, ${none.length} without any part of one`,
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
    `median ${milliseconds[Math.floor(milliseconds.length / 2)].toFixed(0)} ms of processor per photo`,
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

function judged(image, answer) {
  const shapes = answer.redactions.map(({ polygon }) => polygon);
  const found = answer.detections.map(({ box: { x, y, width, height } }) => corners([x, y, width, height]));
  const objects = image.objects.filter(({ ignore }) => !ignore);
  const isFace = image.class === 'face';
  const features = objects.filter(({ kind }) => FEATURES.includes(kind));
  const area = image.width * image.height;
  const whole = [0, 0, image.width, image.height];
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
    hasFeature: answer.detections.some(({ feature }) => feature),
  };
}

const list = (photos) => photos.map(({ file }) => `\`${file}\``).join(', ') || 'none';
const corners = ([x, y, w, h]) => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
];
const inner = ([x, y, w, h]) => [x + w / 4, y + h / 4, w / 2, h / 2];

/** The share of a box that lies in any of the polygons. */
export function coverage([x, y, w, h], polygons) {
  let covered = 0;
  for (let i = 0; i < SAMPLES ** 2; i++) {
    const u = x + (((i % SAMPLES) + 0.5) / SAMPLES) * w;
    const v = y + ((Math.floor(i / SAMPLES) + 0.5) / SAMPLES) * h;
    if (polygons.some((polygon) => holds(polygon, u, v))) covered++;
  }
  return covered / SAMPLES ** 2;
}

function holds(polygon, x, y) {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [polygon[i], polygon[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** "12/15 = 0.800 (0.548–0.930)": a share with its 95 % interval (Wilson 1927). */
export function withInterval(tries) {
  const n = tries.length;
  if (n === 0) return '0/0';
  const hits = tries.filter(Boolean).length;
  const [p, z] = [hits / n, 1.96];
  const middle = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const reach = (z / (1 + z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  return `${hits}/${n} = ${p.toFixed(3)} (${(middle - reach).toFixed(3)}–${(middle + reach).toFixed(3)})`;
}

/** Of the median colour of the photo's skin; of a photo with a face, of the face's inner half. */
async function toneOf(file, { width, height, objects }) {
  const [face] = objects.filter(({ kind }) => kind === 'face');
  const [x, y, w, h] = face ? inner(face.box) : [0, 0, width, height];
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
  const lights = [];
  const yellows = [];
  for (let i = 0; i < pixels.length; i += 3) {
    const [light, a, b] = lab(pixels[i], pixels[i + 1], pixels[i + 2]);
    if (light < 15 || light > 95 || a < 2 || a > 40 || b < 3 || b > 45) continue;
    lights.push(light);
    yellows.push(b);
  }
  if (lights.length === 0) return undefined;
  const angle = (Math.atan2(median(lights) - 50, median(yellows)) * 180) / Math.PI;
  return TONES.findLast(([, from]) => angle > from)[0];
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** CIELAB under D65. */
function lab(...rgb) {
  const [r, g, b] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const [x, y, z] = [
    (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
    0.2126 * r + 0.7152 * g + 0.0722 * b,
    (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
  ].map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
