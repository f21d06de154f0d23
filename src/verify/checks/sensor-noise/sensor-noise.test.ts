import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../tests/support/seeded.js';
import { boxPolygon, type Box } from '../../../core/geometry.js';
import type { PixelImage } from '../../../core/image.js';
import { DEFAULT_LIMITS } from '../../../core/limits.js';
import { formatById } from '../../../formats/index.js';
import { CHANCE_LIMIT, LIMIT, sensorNoise } from './index.js';
import { peakToCorrelationEnergy } from './correlation.js';
import { powerOfTwo, transform, type ComplexPlane } from './fourier.js';
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

describe('transform', () => {
  it('is the discrete Fourier transform', () => {
    const [width, height] = [8, 4];
    const random = seeded(1);
    const values = Float64Array.from({ length: width * height }, random);
    const plane: ComplexPlane = { width, height, re: values.slice(), im: new Float64Array(width * height) };
    transform(plane);
    for (const [fx, fy] of [
      [0, 0],
      [3, 1],
      [7, 2],
    ] as const) {
      let [re, im] = [0, 0];
      values.forEach((value, p) => {
        const turn = -2 * Math.PI * ((fx * (p % width)) / width + (fy * Math.floor(p / width)) / height);
        re += value * Math.cos(turn);
        im += value * Math.sin(turn);
      });
      expect(plane.re[fy * width + fx]).toBeCloseTo(re, 9);
      expect(plane.im[fy * width + fx]).toBeCloseTo(im, 9);
    }
  });

  it('finishes columns near the first when no others are asked for', () => {
    const [width, height] = [64, 16];
    const random = seeded(1);
    const re = Float64Array.from({ length: width * height }, random);
    const whole: ComplexPlane = { width, height, re, im: Float64Array.from(re, random) };
    const part: ComplexPlane = { width, height, re: re.slice(), im: whole.im.slice() };
    transform(whole);
    transform(part, 9);
    for (let p = 0; p < width * height; p++) {
      if (Math.min(p % width, width - (p % width)) > 9) continue;
      expect([part.re[p], part.im[p]]).toEqual([whole.re[p], whole.im[p]]);
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

  it('does not take the same scene with other noise for it', async () => {
    const random = seeded(2);
    const [original, other] = [await photo(260, 220, 1, random), await photo(260, 220, 1, random)];
    const { status, details } = await run(original, other);
    expect(status).toBe('not-found');
    expect(details).toContain(`limit ${LIMIT}`);
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

  it('finds nothing in too few pixels, and cannot tell of another scene, or of a file that does not open', async () => {
    const original = await photo(260, 220, 1, seeded(2));
    const covered = [{ x: 0, y: 0, width: 260, height: 170 }];
    expect(await run(original, original, covered)).toMatchObject({
      status: 'not-found',
    });
    expect((await run(original, await photo(260, 220, 9, seeded(3)))).status).toBe('could-not-tell');
    expect((await run(original)).status).toBe('could-not-tell');
  });

  it('does not take the rounding errors of two blanks for noise', async () => {
    const blank: PixelImage = {
      width: 200,
      height: 160,
      channels: 3,
      data: new Uint8Array(96_000).fill(117),
    };
    expect((await run(blank, blank)).details).toContain('energy 0,');
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
