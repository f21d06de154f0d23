/**
 * How well sensor noise is suppressed for the destination "public", and what that costs the photo: the check on 60
 * photos, a camera's fingerprint planted in 60 photos and searched for, and SSIM and ΔE2000 after re-registration.
 *
 *   npm run tool evaluation/sensor-noise.ts -- [--data FOLDER] [--quick]
 *
 * Needs the built package (`npm run build`). Without the data it says so and measures nothing.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Point } from '../dist/core/geometry.js';
import type { PixelImage } from '../dist/core/image.js';
import { randomOfPhoto } from '../dist/core/random.js';
import { planResampling, resultOf, sourceOf, type Resampling } from '../dist/fit/irregular-resampling.js';
import { resample } from '../dist/fit/resample.js';
import { meanColourDifference, meanSsim } from '../dist/utility/fidelity.js';
import { peakToCorrelationEnergy } from '../dist/verify/checks/sensor-noise/correlation.js';
import { CHANCE_LIMIT, LIMIT, MOST_SHIFT, noiseInCommon } from '../dist/verify/checks/sensor-noise/index.js';
import { noiseResidual } from '../dist/verify/checks/sensor-noise/noise-residual.js';
import { toolArguments } from '../scripts/support/arguments.ts';
import { ROOT } from '../scripts/support/root.ts';
import { closestAffine, luma, normal, sample, seeded } from './support/planes.ts';
import { rgbInput, rgbOf } from './support/rgb.ts';

const { values: options } = toolArguments(import.meta.url, {
  options: {
    data: { type: 'string', default: join(ROOT, '../shared/data') },
    quick: { type: 'boolean', default: false },
  },
});
if (!existsSync(options.data)) {
  console.log(`Nothing measured: there is no folder ${options.data}`);
  process.exit(0);
}
const LIMITS = { suppressed: 0.95, ssim: 0.97, colour: 1 };
/** The value for "public" in src/risk/destinations.ts. */
const MOST_SIDE = 2048;
/** Strength of the planted fingerprint, and of the noise of a single exposure in grey levels. */
const FINGERPRINT = 0.015;
const EXPOSURE = 1.5;
const CAMERA = { width: 1280, height: 720 };
const FOR_FINGERPRINT = 30;
const COUNT = options.quick ? 15 : 60;

const rgb = (bytes: Buffer) => rgbOf(sharp(bytes).autoOrient());

const jpeg = (image: PixelImage, quality: number) =>
  sharp(image.data, rgbInput(image)).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer();

async function resized(image: PixelImage, width: number, height: number): Promise<PixelImage> {
  const picture = sharp(image.data, rgbInput(image));
  const data = await picture.resize(width, height, { fit: 'fill' }).raw().toBuffer();
  return { width, height, channels: 3, data: new Uint8Array(data) };
}

interface Published {
  /** The photo before it was resampled. */
  readonly small: PixelImage;
  readonly resampling: Resampling;
  /** The written file as it is read again. */
  readonly written: PixelImage;
}

/** As the public profile writes it, without redactions: shrunk, resampled irregularly, a JPEG of quality 95. */
async function published(photo: PixelImage, random: () => number): Promise<Published> {
  const scale = Math.min(1, MOST_SIDE / Math.max(photo.width, photo.height));
  const small =
    scale < 1
      ? await resized(photo, Math.round(photo.width * scale), Math.round(photo.height * scale))
      : photo;
  const resampling = planResampling(small.width, small.height, random);
  return { small, resampling, written: await rgb(await jpeg(resample(small, resampling), 95)) };
}

/** Distance, in pixels, of points whose inverse is computed; between them it is linear to a hundredth of a pixel. */
const STEP = 8;

/** Compares the written photo, laid back on the source's grid, wherever it has pixels; the rest is not compared. */
function fidelity({ small, resampling, written }: Published): {
  readonly ssim: number;
  readonly deltaE: number;
} {
  const { width, height } = small;
  const data = new Uint8Array(width * height * 3);
  const covered = new Uint8Array(width * height).fill(1);
  const node = (i: number, j: number) => resultOf([i * STEP, j * STEP], resampling);
  for (let j = 0; j * STEP < height; j++) {
    for (let i = 0; i * STEP < width; i++) {
      const [a, b, c, d] = [node(i, j), node(i + 1, j), node(i, j + 1), node(i + 1, j + 1)] as const;
      for (let y = j * STEP; y < Math.min(height, (j + 1) * STEP); y++) {
        for (let x = i * STEP; x < Math.min(width, (i + 1) * STEP); x++) {
          const [s, t] = [(x + 0.5) / STEP - i, (y + 0.5) / STEP - j] as const;
          const at = (axis: 0 | 1) =>
            (a[axis] * (1 - s) + b[axis] * s) * (1 - t) + (c[axis] * (1 - s) + d[axis] * s) * t;
          const [u, v] = [at(0), at(1)] as const;
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
  const laid: PixelImage = { width, height, channels: 3, data };
  return {
    ssim: meanSsim(small, laid, covered) ?? NaN,
    deltaE: meanColourDifference(small, laid, covered) ?? NaN,
  };
}

const photosOf = (set: string) => {
  const folder = join(options.data, set);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /\.(jpe?g|png)$/i.test(name));
  return names.sort().map((name) => join(folder, name));
};

const quantile = (values: readonly number[], share: number) =>
  values.toSorted((p, q) => p - q)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? NaN;
const summary = (energies: readonly number[], limit: number) => ({
  photos: energies.length,
  found: energies.filter((energy) => energy > limit).length,
  aboveChance: energies.filter((energy) => energy > CHANCE_LIMIT).length,
  median: Number(quantile(energies, 0.5).toFixed(1)),
  p95: Number(quantile(energies, 0.95).toFixed(1)),
  most: Number(Math.max(...energies).toFixed(1)),
});

// 1. The check, against the source itself.
const sets = ['negative/dermnet', 'negative/skin', 'text/incidental'];
const files = sets.flatMap((set) => {
  const all = photosOf(set);
  return all
    .filter((_, i) => i % Math.max(1, Math.floor(all.length / (COUNT / 3))) === 0)
    .slice(0, COUNT / 3);
});
const energies: Record<'re-encoded only' | 'shrunk by 7 %' | 'public', number[]> = {
  're-encoded only': [],
  'shrunk by 7 %': [],
  public: [],
};
const quality: Record<'ssim' | 'deltaE', number[]> = { ssim: [], deltaE: [] };
const megapixels: number[] = [];
for (const file of files) {
  const bytes = readFileSync(file);
  const photo = await rgb(bytes);
  megapixels.push((photo.width * photo.height) / 1e6);
  const add = (name: keyof typeof energies, energy: number | string) =>
    energies[name].push(typeof energy === 'number' ? energy : NaN);
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
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
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

// 2. A camera's fingerprint planted in other photos, and searched for.
const random = seeded(77);
const fingerprint = Float32Array.from(
  { length: CAMERA.width * CAMERA.height },
  () => FINGERPRINT * normal(random),
);
async function taken(file: string): Promise<PixelImage> {
  const { width, height } = CAMERA;
  const scene = await rgb(
    await sharp(file).autoOrient().resize(width, height, { fit: 'cover' }).png().toBuffer(),
  );
  const data = scene.data.map((value, i) => {
    const noisy = value * (1 + fingerprint[Math.floor(i / 3)]!) + EXPOSURE * normal(random);
    return Math.min(255, Math.max(0, Math.round(noisy)));
  });
  return rgb(await jpeg({ ...scene, data }, 95));
}

const scenes = photosOf('text/incidental');
const [enrolled, questioned] = [
  scenes.slice(0, FOR_FINGERPRINT),
  scenes.slice(FOR_FINGERPRINT, FOR_FINGERPRINT + COUNT),
] as const;
// The maximum likelihood estimate of Chen, Fridrich, Goljan and Lukáš (2008): Σ W·I / Σ I².
const [weighted, squares] = [
  new Float64Array(fingerprint.length),
  new Float64Array(fingerprint.length),
] as const;
for (const file of enrolled) {
  const grey = luma(await taken(file));
  const { data } = noiseResidual(grey);
  for (let p = 0; p < weighted.length; p++) {
    weighted[p]! += data[p]! * grey.data[p]!;
    squares[p]! += grey.data[p]! ** 2;
  }
}
const estimate = {
  ...CAMERA,
  data: Float32Array.from(weighted, (value, p) => value / Math.max(1, squares[p]!)),
};

/** @param from where a point of the photo lies on the sensor, as precisely as an attacker could know it */
function identified(photo: PixelImage, from: (point: Point) => Point): number {
  const { width, height } = photo;
  const grey = luma(photo);
  const expected = new Float32Array(width * height);
  for (let p = 0; p < expected.length; p++) {
    const [x, y] = from([(p % width) + 0.5, Math.floor(p / width) + 0.5]);
    expected[p] = sample(estimate, x - 0.5, y - 0.5, 1)[0]! * grey.data[p]!;
  }
  return peakToCorrelationEnergy(noiseResidual(grey), { width, height, data: expected }, MOST_SHIFT);
}
const asTaken = (point: Point) => point;

const camera: Record<'as taken' | 'shrunk by 7 %' | 'public' | 'not of this camera', number[]> = {
  'as taken': [],
  'shrunk by 7 %': [],
  public: [],
  'not of this camera': [],
};
for (const file of questioned) {
  const photo = await taken(file);
  camera['as taken'].push(identified(photo, asTaken));
  const smaller = await resized(photo, Math.round(photo.width * 0.93), Math.round(photo.height * 0.93));
  const bySize = ([x, y]: Point): Point => [
    (x * photo.width) / smaller.width,
    (y * photo.height) / smaller.height,
  ];
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

const share = (values: readonly number[], limit: number) =>
  values.filter((value) => value <= limit).length / values.length;
const held =
  share(energies.public, LIMIT) >= LIMITS.suppressed &&
  share(camera.public, CHANCE_LIMIT) >= LIMITS.suppressed &&
  figures['SSIM, mean'] >= LIMITS.ssim &&
  figures['ΔE2000, mean'] <= LIMITS.colour;
console.log(
  `Limits: at chance on ≥ ${LIMITS.suppressed * 100} % of the photos, mean SSIM ≥ ${LIMITS.ssim}, mean ΔE2000 ≤ ${LIMITS.colour}: ${held ? 'held' : 'NOT held'}`,
);
process.exitCode = held ? 0 : 1;
