import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../tests/support/seeded.js';
import { boxPolygon, type Box } from '../../../core/geometry.js';
import type { PixelImage } from '../../../core/image.js';
import { DEFAULT_LIMITS } from '../../../core/limits.js';
import { formatById } from '../../../formats/index.js';
import { CHANCE_LIMIT, LIMIT, sensorNoise } from './index.js';
import { peakToCorrelationEnergy } from './correlation.js';
import { powerOfTwo, transformOfPair } from './fourier.js';
import { noiseResidual } from './noise-residual.js';
import type { Plane } from './plane.js';

/** Roughly normal, mean 0, standard deviation 1. */
function normal(random: () => number): number {
  return (random() + random() + random() + random() - 2) * Math.sqrt(3);
}

/** Two streams of `seeded` depend on one another linearly, so all that is compared comes from one. */
function noise(width: number, height: number, random: () => number): Plane {
  return { width, height, data: Float32Array.from({ length: width * height }, () => normal(random)) };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A soft scene, and on it the noise of one exposure. */
async function photo(
  width: number,
  height: number,
  scene: number,
  exposure: () => number,
): Promise<PixelImage> {
  const random = seeded(scene);
  const cells = Uint8Array.from({ length: 9 * 7 * 3 }, () => 60 + 130 * random());
  const soft = await sharp(cells, { raw: { width: 9, height: 7, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  const grain = noise(width, height, exposure).data;
  const data = Uint8Array.from(soft, (value, i) =>
    Math.round(value + 3 * (grain[Math.floor(i / 3)] as number)),
  );
  return { width, height, channels: 3, data };
}

async function resized(image: PixelImage, width: number, height: number): Promise<PixelImage> {
  const data = await sharp(image.data, {
    raw: { width: image.width, height: image.height, channels: image.channels },
  })
    .resize(width, height, { fit: 'fill' })
    .raw()
    .toBuffer();
  return { width, height, channels: image.channels, data: new Uint8Array(data) };
}

const run = (original: PixelImage, written?: PixelImage, covered: readonly Box[] = []) =>
  sensorNoise.run({
    staged: new Uint8Array(),
    format: formatById('png'),
    limits: DEFAULT_LIMITS,
    original: { format: 'png', frames: [{ pixels: original }] },
    cropped: { format: 'png', frames: [{ pixels: original }] },
    source: { format: 'png', frames: [{ pixels: written ?? original }] },
    ...(written && { output: { format: 'png', frames: [{ pixels: written }] } }),
    detections: [[]],
    redactions: [covered.map((box) => ({ kinds: ['face'], box, polygon: boxPolygon(box) }))],
  });

/** The discrete Fourier transform of a + ib at one frequency, as it is defined. */
function defined(a: Plane, b: Plane, size: Size, fx: number, fy: number): [re: number, im: number] {
  let [re, im] = [0, 0];
  for (let p = 0; p < a.data.length; p++) {
    const [x, y] = [p % a.width, Math.floor(p / a.width)];
    const turn = -2 * Math.PI * ((fx * x) / size.width + (fy * y) / size.height);
    re += a.data[p]! * Math.cos(turn) - b.data[p]! * Math.sin(turn);
    im += a.data[p]! * Math.sin(turn) + b.data[p]! * Math.cos(turn);
  }
  return [re, im];
}

describe('transformOfPair', () => {
  it.each([
    [8, 4],
    [32, 16],
    [5, 3],
    [1, 64],
  ])('is the discrete Fourier transform of %i × %i', (width, height) => {
    const random = seeded(1);
    const [a, b] = [noise(width, height, random), noise(width, height, random)];
    const spectrum = transformOfPair(a, b);
    expect([spectrum.width, spectrum.height]).toEqual([powerOfTwo(width), powerOfTwo(height)]);
    for (let p = 0; p < spectrum.re.length; p++) {
      const [fx, fy] = [p % spectrum.width, Math.floor(p / spectrum.width)];
      const [re, im] = defined(a, b, spectrum, fx, fy);
      expect(spectrum.re[p]).toBeCloseTo(re, 4);
      expect(spectrum.im[p]).toBeCloseTo(im, 4);
    }
  });

  it('takes planes whose sides are powers of two', () => {
    expect([1, 2, 3, 1000, 1024].map(powerOfTwo)).toEqual([1, 2, 4, 1024, 1024]);
  });
});

describe('noiseResidual', () => {
  it('takes faint noise away and leaves an edge', () => {
    const grain = noise(128, 96, seeded(5));
    const data = grain.data.map((value, p) => 2 * value + (p % 128 < 64 ? 40 : 200));
    const residual = noiseResidual({ ...grain, data }).data;
    let [both, own, noisy] = [0, 0, 0];
    residual.forEach((value, p) => {
      both += value * (grain.data[p] as number);
      own += value * value;
      noisy += (grain.data[p] as number) ** 2;
      expect(Math.abs(value)).toBeLessThan(40);
    });
    expect(both / Math.sqrt(own * noisy)).toBeGreaterThan(0.8);
  });

  it.each([
    [1, 1],
    [3, 50],
  ])('works for %i × %i', (width, height) => {
    const residual = noiseResidual(noise(width, height, seeded(3)));
    expect(residual.data).toHaveLength(width * height);
    expect(residual.data.every(Number.isFinite)).toBe(true);
  });
});

describe('peakToCorrelationEnergy', () => {
  it('stays at chance level for unrelated noise', () => {
    const random = seeded(1);
    for (let round = 0; round < 12; round++) {
      const energy = peakToCorrelationEnergy(noise(160, 120, random), noise(160, 120, random), 16);
      expect(energy).toBeLessThan(CHANCE_LIMIT);
    }
  });

  it('finds a tenth of the same noise, shifted', () => {
    const random = seeded(2);
    const [fingerprint, moved] = [noise(300, 256, random), noise(300, 256, random)];
    for (let y = 0; y < 256; y++) {
      for (let x = 5; x < 300; x++) {
        const from = fingerprint.data[((y + 253) % 256) * 300 + x - 5] as number;
        moved.data[y * 300 + x] = (moved.data[y * 300 + x] as number) + 0.1 * from;
      }
    }
    expect(peakToCorrelationEnergy(fingerprint, moved, 16)).toBeGreaterThan(CHANCE_LIMIT);
    expect(peakToCorrelationEnergy(fingerprint, moved, 2)).toBeLessThan(CHANCE_LIMIT);
  });

  it('is the energy of the correlations as they are defined', () => {
    const random = seeded(4);
    const [width, height, most] = [64, 32, 6];
    const [a, b] = [noise(width, height, random), noise(width, height, random)];
    const zero: Plane = { width, height, data: new Float32Array(width * height) };
    const size = { width, height };
    // The phases of A · conj(B) in the band, and from them the correlation of every shift that counts.
    const phases: [fx: number, fy: number, angle: number][] = [];
    for (let p = 0; p < width * height; p++) {
      const [fx, fy] = [p % width, Math.floor(p / width)];
      const frequency = Math.hypot(Math.min(fx, width - fx) / width, Math.min(fy, height - fy) / height);
      if (frequency < 0.25 || frequency > 0.5) continue;
      const [ar, ai] = defined(a, zero, size, fx, fy);
      const [br, bi] = defined(b, zero, size, fx, fy);
      phases.push([fx, fy, Math.atan2(ai, ar) - Math.atan2(bi, br)]);
    }
    const shifts: { u: number; v: number; value: number }[] = [];
    for (let v = -2 * most; v <= 2 * most; v++) {
      for (let u = -2 * most; u <= 2 * most; u++) {
        const value = phases.reduce(
          (sum, [fx, fy, angle]) =>
            sum + Math.cos(angle - 2 * Math.PI * ((fx * u) / width + (fy * v) / height)),
          0,
        );
        shifts.push({ u, v, value });
      }
    }
    const searched = shifts.filter(({ u, v }) => Math.max(Math.abs(u), Math.abs(v)) <= most);
    const peak = searched.reduce((best, shift) => (shift.value > best.value ? shift : best));
    const rest = shifts.filter(({ u, v }) => Math.abs(u - peak.u) > 5 || Math.abs(v - peak.v) > 5);
    const mean = rest.reduce((sum, { value }) => sum + value ** 2, 0) / rest.length;
    expect(peakToCorrelationEnergy(a, b, most)).toBeCloseTo(peak.value ** 2 / mean, 4);
  });

  it('is 0 where nothing is left to compare', () => {
    const empty: Plane = { width: 64, height: 64, data: new Float32Array(64 * 64) };
    expect(peakToCorrelationEnergy(empty, noise(64, 64, seeded(1)), 16)).toBe(0);
  });
});

describe('sensor-noise', () => {
  it('finds the noise of a photo written as it was, and shrunk', async () => {
    const original = await photo(260, 220, 1, seeded(2));
    expect((await run(original, original)).status).toBe('found');
    expect((await run(original, await resized(original, 234, 198))).status).toBe('found');
  });

  it('does not mistake the same scene with other noise for it', async () => {
    const random = seeded(2);
    const [original, other] = [await photo(260, 220, 1, random), await photo(260, 220, 1, random)];
    const { status, details } = await run(original, other);
    expect(status).toBe('not-found');
    expect(details).toMatchObject({ id: 'sensor-noise/below-limit', values: { limit: LIMIT } });
  });

  it('finds it in a photo that is narrower than the shifts that are compared', async () => {
    const original = await photo(16, 1200, 1, seeded(2));
    expect((await run(original, original)).status).toBe('found');
  });

  it('does not compare what is redacted', async () => {
    const random = seeded(2);
    const [original, other] = [await photo(260, 220, 1, random), await photo(260, 220, 1, random)];
    for (let y = 60; y < 180; y++) {
      const from = (y * 260 + 60) * 3;
      other.data.set(original.data.subarray(from, from + 140 * 3), from);
    }
    expect((await run(original, other)).status).toBe('found');
    const covered = [{ x: 60, y: 60, width: 140, height: 120 }];
    expect((await run(original, other, covered)).status).toBe('not-found');
  });

  it('finds nothing in too few pixels, and cannot tell about another scene or a file that does not open', async () => {
    const original = await photo(260, 220, 1, seeded(2));
    const covered = [{ x: 0, y: 0, width: 260, height: 170 }];
    expect(await run(original, original, covered)).toMatchObject({
      status: 'not-found',
    });
    expect((await run(original, await photo(260, 220, 9, seeded(3)))).status).toBe('could-not-tell');
    expect((await run(original)).status).toBe('could-not-tell');
  });

  it('does not mistake the rounding errors of two blanks for noise', async () => {
    const blank: PixelImage = {
      width: 200,
      height: 160,
      channels: 3,
      data: new Uint8Array(96_000).fill(117),
    };
    expect((await run(blank, blank)).details.values).toEqual({ energy: 0, limit: LIMIT });
  });

  it('lays transparent photos on the same ground', async () => {
    const opaque = await photo(200, 160, 4, seeded(5));
    const data = Uint8Array.from({ length: 200 * 160 * 4 }, (_, i) =>
      i % 4 === 3 ? 200 : (opaque.data[Math.floor(i / 4) * 3 + (i % 4)] as number),
    );
    const image: PixelImage = { width: 200, height: 160, channels: 4, data };
    expect((await run(image, image)).status).toBe('found');
  });
});
