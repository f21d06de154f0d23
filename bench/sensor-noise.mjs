// How well sensor noise is suppressed for the destination "public", and what it costs the photo: the check on 60 photos, a
// camera planted in 60 photos and looked for by its fingerprint, SSIM and ΔE2000 after re-registration.
// Needs the built package (`npm run build`) and ../shared/data.  Usage: node bench/sensor-noise.mjs [--dist FOLDER] [--quick]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(root, '../shared/data') },
    dist: { type: 'string', default: join(root, 'dist') },
    quick: { type: 'boolean', default: false },
  },
});
if (!existsSync(options.data)) {
  console.log(`Nothing measured: there is no folder ${options.data}`);
  process.exit(0);
}
const load = (path) => import(pathToFileURL(join(options.dist, path)).href);
const { planResampling, resample, resultOf, sourceOf } = await load('fit/irregular-resampling.js');
const { randomOfPhoto } = await load('core/random.js');
const { meanColourDifference, meanSsim } = await load('utility/fidelity.js');
const { noiseInCommon, CHANCE_LIMIT, LIMIT, MOST_SHIFT } = await load('verify/checks/sensor-noise/index.js');
const { noiseResidual } = await load('verify/checks/sensor-noise/noise-residual.js');
const { peakToCorrelationEnergy } = await load('verify/checks/sensor-noise/correlation.js');

const LIMITS = { suppressed: 0.95, ssim: 0.97, colour: 1 };
/** As src/risk/destinations.ts says for "public". */
const MOST_SIDE = 2048;
/** Strength of the planted fingerprint, and of the noise of a single exposure in grey levels. */
const FINGERPRINT = 0.015;
const EXPOSURE = 1.5;
const CAMERA = { width: 1280, height: 720 };
const FOR_FINGERPRINT = 30;
const COUNT = options.quick ? 15 : 60;

/** Numbers in (0, 1), the same for the same seed (Park and Miller 1988). */
function seeded(seed) {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

function normal(random) {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

async function rgb(bytes) {
  const pipeline = sharp(bytes).autoOrient().toColourspace('srgb').removeAlpha();
  const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data: new Uint8Array(data) };
}

const jpeg = ({ width, height, data }, quality) =>
  sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: '4:4:4' })
    .toBuffer();

async function resized(image, width, height) {
  const picture = sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } });
  const data = await picture.resize(width, height, { fit: 'fill' }).raw().toBuffer();
  return { width, height, channels: 3, data: new Uint8Array(data) };
}

/** As the public profile does, without redactions: shrunk, resampled irregularly, written as a JPEG of quality 95. */
async function published(photo, random) {
  const scale = Math.min(1, MOST_SIDE / Math.max(photo.width, photo.height));
  const small =
    scale < 1
      ? await resized(photo, Math.round(photo.width * scale), Math.round(photo.height * scale))
      : photo;
  const resampling = planResampling(small.width, small.height, random);
  return { small, resampling, written: await rgb(await jpeg(resample(small, resampling), 95)) };
}

/** Distance in pixels of the points whose inverse is computed; between them it is linear to a hundredth of a pixel. */
const STEP = 8;

/** The written photo laid on the source's grid again, where it has pixels; the rest is not compared. */
function fidelity({ small, resampling, written }) {
  const { width, height } = small;
  const data = new Uint8Array(width * height * 3);
  const covered = new Uint8Array(width * height).fill(1);
  const node = (i, j) => resultOf([i * STEP, j * STEP], resampling);
  for (let j = 0; j * STEP < height; j++) {
    for (let i = 0; i * STEP < width; i++) {
      const corners = [node(i, j), node(i + 1, j), node(i, j + 1), node(i + 1, j + 1)];
      for (let y = j * STEP; y < Math.min(height, (j + 1) * STEP); y++) {
        for (let x = i * STEP; x < Math.min(width, (i + 1) * STEP); x++) {
          const [s, t] = [(x + 0.5) / STEP - i, (y + 0.5) / STEP - j];
          const at = (axis) =>
            (corners[0][axis] * (1 - s) + corners[1][axis] * s) * (1 - t) +
            (corners[2][axis] * (1 - s) + corners[3][axis] * s) * t;
          const [u, v] = [at(0), at(1)];
          if (u < 2 || v < 2 || u > written.width - 2 || v > written.height - 2) continue;
          const p = y * width + x;
          covered[p] = 0;
          data.set(
            sample(written, u - 0.5, v - 0.5, 3).map((w) => Math.min(255, Math.max(0, Math.round(w)))),
            p * 3,
          );
        }
      }
    }
  }
  const laid = { width, height, channels: 3, data };
  return { ssim: meanSsim(small, laid, covered), deltaE: meanColourDifference(small, laid, covered) };
}

const cubic = (distance) => {
  const d = Math.abs(distance);
  if (d < 1) return 1.5 * d ** 3 - 2.5 * d * d + 1;
  return d < 2 ? -0.5 * d ** 3 + 2.5 * d * d - 4 * d + 2 : 0;
};

function sample({ width, height, data }, x, y, channels) {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const sum = Array(channels).fill(0);
  for (let r = -1; r <= 2; r++) {
    const row = Math.min(height - 1, Math.max(0, top + r)) * width;
    const down = cubic(top + r - y);
    for (let k = -1; k <= 2; k++) {
      const at = (row + Math.min(width - 1, Math.max(0, left + k))) * channels;
      const share = down * cubic(left + k - x);
      for (let c = 0; c < channels; c++) sum[c] += share * data[at + c];
    }
  }
  return sum;
}

const luma = ({ width, height, data }) => ({
  width,
  height,
  data: Float32Array.from(
    { length: width * height },
    (_, p) => 0.299 * data[p * 3] + 0.587 * data[p * 3 + 1] + 0.114 * data[p * 3 + 2],
  ),
});

const photosOf = (set) => {
  const folder = join(options.data, set);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /\.(jpe?g|png)$/i.test(name));
  return names.sort().map((name) => join(folder, name));
};

const quantile = (values, share) =>
  values.toSorted((p, q) => p - q)[Math.min(values.length - 1, Math.floor(share * values.length))];
const summary = (energies, limit) => ({
  photos: energies.length,
  found: energies.filter((energy) => energy > limit).length,
  aboveChance: energies.filter((energy) => energy > CHANCE_LIMIT).length,
  median: Number(quantile(energies, 0.5).toFixed(1)),
  p95: Number(quantile(energies, 0.95).toFixed(1)),
  most: Number(Math.max(...energies).toFixed(1)),
});

// 1. The check, against the very source.
const sets = ['negative/dermnet', 'negative/skin', 'text/incidental'];
const files = sets.flatMap((set) => {
  const all = photosOf(set);
  return all
    .filter((_, i) => i % Math.max(1, Math.floor(all.length / (COUNT / 3))) === 0)
    .slice(0, COUNT / 3);
});
const energies = { 're-encoded only': [], 'shrunk by 7 %': [], public: [] };
const quality = { ssim: [], deltaE: [] };
const megapixels = [];
for (const file of files) {
  const bytes = readFileSync(file);
  const photo = await rgb(bytes);
  megapixels.push((photo.width * photo.height) / 1e6);
  const add = (name, energy) => energies[name].push(typeof energy === 'number' ? energy : NaN);
  add('re-encoded only', await noiseInCommon(photo, await rgb(await jpeg(photo, 95)), []));
  const smaller = await resized(photo, Math.round(photo.width * 0.93), Math.round(photo.height * 0.93));
  add('shrunk by 7 %', await noiseInCommon(photo, await rgb(await jpeg(smaller, 95)), []));
  const done = await published(photo, randomOfPhoto(bytes, 'bench'));
  add('public', await noiseInCommon(photo, done.written, []));
  const { ssim, deltaE } = fidelity(done);
  quality.ssim.push(ssim);
  quality.deltaE.push(deltaE);
}
console.log(
  `The very source against what was written: ${sets.join(', ')}; ${Math.min(...megapixels).toFixed(2)}–${Math.max(...megapixels).toFixed(2)} megapixels; found above ${LIMIT}, chance up to ${CHANCE_LIMIT}`,
);
console.table(
  Object.fromEntries(Object.entries(energies).map(([name, values]) => [name, summary(values, LIMIT)])),
);
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const figures = {
  'SSIM, mean': mean(quality.ssim),
  'SSIM, least of a photo': Math.min(...quality.ssim),
  'photos with SSIM ≥ 0.97': quality.ssim.filter((value) => value >= LIMITS.ssim).length,
  'ΔE2000, mean': mean(quality.deltaE),
  'ΔE2000, most of a photo': Math.max(...quality.deltaE),
};
console.log('After re-registration:');
console.table(
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(4))])),
);

// 2. A camera planted in other photos, and its fingerprint looked for.
const random = seeded(77);
const fingerprint = Float32Array.from(
  { length: CAMERA.width * CAMERA.height },
  () => FINGERPRINT * normal(random),
);
async function taken(file) {
  const { width, height } = CAMERA;
  const scene = await rgb(
    await sharp(file).autoOrient().resize(width, height, { fit: 'cover' }).png().toBuffer(),
  );
  const data = scene.data.map((value, i) => {
    const noisy = value * (1 + fingerprint[Math.floor(i / 3)]) + EXPOSURE * normal(random);
    return Math.min(255, Math.max(0, Math.round(noisy)));
  });
  return rgb(await jpeg({ ...scene, data }, 95));
}

const scenes = photosOf('text/incidental');
const [enrolled, questioned] = [
  scenes.slice(0, FOR_FINGERPRINT),
  scenes.slice(FOR_FINGERPRINT, FOR_FINGERPRINT + COUNT),
];
// The maximum likelihood estimate of Chen, Fridrich, Goljan and Lukáš (2008): Σ W·I / Σ I².
const [weighted, squares] = [new Float64Array(fingerprint.length), new Float64Array(fingerprint.length)];
for (const file of enrolled) {
  const grey = luma(await taken(file));
  const { data } = noiseResidual(grey);
  for (let p = 0; p < weighted.length; p++) {
    weighted[p] += data[p] * grey.data[p];
    squares[p] += grey.data[p] ** 2;
  }
}
const estimate = {
  ...CAMERA,
  data: Float32Array.from(weighted, (value, p) => value / Math.max(1, squares[p])),
};

/** The affine mapping next to where a photo's points come from, by least squares: no search over such finds a better one. */
function closestAffine(width, height, from) {
  const PLACES = 40;
  const axes = [0, 1].map(() => ({ mean: 0, across: 0, down: 0 }));
  let spread = 0;
  for (let j = 0; j < PLACES; j++) {
    for (let i = 0; i < PLACES; i++) {
      const [x, y] = [(i + 0.5) / PLACES - 0.5, (j + 0.5) / PLACES - 0.5];
      const point = from([(x + 0.5) * width, (y + 0.5) * height]);
      spread += x * x;
      axes.forEach((axis, c) => {
        axis.mean += point[c] / PLACES ** 2;
        axis.across += point[c] * x;
        axis.down += point[c] * y;
      });
    }
  }
  return ([x, y]) =>
    axes.map(
      ({ mean, across, down }) => mean + (across * (x / width - 0.5) + down * (y / height - 0.5)) / spread,
    );
}

/** @param from where a point of the photo lies on the sensor, as well as an attacker could know */
function identified(photo, from) {
  const { width, height } = photo;
  const grey = luma(photo);
  const expected = new Float32Array(width * height);
  for (let p = 0; p < expected.length; p++) {
    const [x, y] = from([(p % width) + 0.5, Math.floor(p / width) + 0.5]);
    expected[p] = sample(estimate, x - 0.5, y - 0.5, 1)[0] * grey.data[p];
  }
  return peakToCorrelationEnergy(noiseResidual(grey), { width, height, data: expected }, MOST_SHIFT);
}
const asTaken = (point) => point;

const camera = { 'as taken': [], 'shrunk by 7 %': [], public: [], 'not of this camera': [] };
for (const file of questioned) {
  const photo = await taken(file);
  camera['as taken'].push(identified(photo, asTaken));
  const smaller = await resized(photo, Math.round(photo.width * 0.93), Math.round(photo.height * 0.93));
  const bySize = ([x, y]) => [(x * photo.width) / smaller.width, (y * photo.height) / smaller.height];
  camera['shrunk by 7 %'].push(identified(await rgb(await jpeg(smaller, 95)), bySize));
  const { resampling, written } = await published(photo, randomOfPhoto(photo.data, 'bench'));
  const closest = closestAffine(written.width, written.height, (point) => sourceOf(point, resampling));
  camera.public.push(identified(written, closest));
  const stranger = sharp(file).autoOrient().resize(CAMERA.width, CAMERA.height, { fit: 'cover' });
  camera['not of this camera'].push(identified(await rgb(await stranger.png().toBuffer()), asTaken));
}
console.log(
  `A camera's fingerprint from ${FOR_FINGERPRINT} of its photos, 1280 × 720, strength ${FINGERPRINT}:`,
);
console.table(
  Object.fromEntries(Object.entries(camera).map(([name, values]) => [name, summary(values, CHANCE_LIMIT)])),
);

const share = (values, limit) => values.filter((value) => value <= limit).length / values.length;
const held =
  share(energies.public, LIMIT) >= LIMITS.suppressed &&
  share(camera.public, CHANCE_LIMIT) >= LIMITS.suppressed &&
  figures['SSIM, mean'] >= LIMITS.ssim &&
  figures['ΔE2000, mean'] <= LIMITS.colour;
console.log(
  `Limits: at chance on ≥ ${LIMITS.suppressed * 100} % of the photos, mean SSIM ≥ ${LIMITS.ssim}, mean ΔE2000 ≤ ${LIMITS.colour}: ${held ? 'held' : 'NOT held'}`,
);
process.exitCode = held ? 0 : 1;
