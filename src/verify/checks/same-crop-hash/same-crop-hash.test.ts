import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../tests/support/seeded.js';
import type { PixelImage } from '../../../core/image.js';
import { DEFAULT_LIMITS } from '../../../core/limits.js';
import { formatById } from '../../../formats/index.js';
import { sameCropHash } from './index.js';
import { hammingDistance, perceptualHash } from './perceptual-hash.js';

/** Soft blobs: random colours, few large ones and half as strong small ones, as photos have more of what is coarse. */
async function blobs(seed: number): Promise<PixelImage> {
  const random = seeded(seed);
  const layer = (width: number, height: number) =>
    sharp(
      Uint8Array.from({ length: width * height * 3 }, () => Math.floor(random() * 256)),
      { raw: { width, height, channels: 3 } },
    )
      .resize(280, 200, { fit: 'fill', kernel: 'cubic' })
      .raw()
      .toBuffer();
  const [coarse, fine] = [await layer(6, 5), await layer(24, 18)];
  const data = Uint8Array.from(coarse, (value, i) => (2 * value + (fine[i] as number)) / 3);
  return { width: 280, height: 200, channels: 3, data };
}

const run = (original: PixelImage, written?: PixelImage) =>
  sameCropHash.run({
    staged: new Uint8Array(),
    format: formatById('png'),
    limits: DEFAULT_LIMITS,
    original: { format: 'png', frames: [{ pixels: original }] },
    cropped: { format: 'png', frames: [{ pixels: original }] },
    source: { format: 'png', frames: [{ pixels: original }] },
    ...(written && { output: { format: 'png', frames: [{ pixels: written }] } }),
    detections: [],
    redactions: [],
  });

const resized = async ({ width, height, data }: PixelImage, w: number, h: number): Promise<PixelImage> => {
  const small = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(w, h, { fit: 'fill' })
    .raw()
    .toBuffer();
  return { width: w, height: h, channels: 3, data: small };
};

describe('perceptualHash', () => {
  it('has 64 bits, half of them set', async () => {
    const hash = await perceptualHash(await blobs(1));
    expect(hash).toHaveLength(64);
    expect(hash.filter(Boolean)).toHaveLength(32);
  });

  it('is inverted, almost bit by bit, for the negative of a picture', async () => {
    const image = await blobs(2);
    const negative = { ...image, data: image.data.map((value) => 255 - value) };
    expect(hammingDistance(await perceptualHash(image), await perceptualHash(negative))).toBeGreaterThan(50);
  });

  it('tells in which direction a picture has its stripes', async () => {
    const stripes = (alongX: boolean): PixelImage => {
      const data = new Uint8Array(64 * 64 * 3);
      for (let p = 0; p < 64 * 64; p++) {
        const at = alongX ? p % 64 : Math.floor(p / 64);
        data.fill(128 + 100 * Math.cos((Math.PI * (2 * at + 1) * 3) / 128), p * 3, p * 3 + 3);
      }
      return { width: 64, height: 64, channels: 3, data };
    };
    const [across, down] = [await perceptualHash(stripes(true)), await perceptualHash(stripes(false))];
    expect(across).not.toEqual(down);
  });
});

describe('same-crop-hash', () => {
  it('finds a smaller copy with a part covered', async () => {
    const original = await blobs(3);
    const copy = await resized(original, 140, 100);
    for (let y = 40; y < 56; y++) copy.data.fill(128, (y * 140 + 60) * 3, (y * 140 + 76) * 3);
    expect((await run(original, copy)).status).toBe('found');
  });

  it('does not mistake another picture, or a much closer crop, for the same', async () => {
    const original = await blobs(4);
    expect((await run(original, await blobs(5))).status).toBe('not-found');
    const data = await sharp(original.data, { raw: { width: 280, height: 200, channels: 3 } })
      .extract({ left: 150, top: 20, width: 110, height: 90 })
      .raw()
      .toBuffer();
    expect((await run(original, { width: 110, height: 90, channels: 3, data })).status).toBe('not-found');
  });

  it('also compares what a viewer that ignores transparency sees', async () => {
    const original = await blobs(6);
    const hidden = new Uint8Array(280 * 200 * 4);
    for (let p = 0; p < 280 * 200; p++) hidden.set(original.data.subarray(p * 3, p * 3 + 3), p * 4);
    const { status, details } = await run(original, { ...original, channels: 4, data: hidden });
    expect(status).toBe('found');
    expect(details).toEqual({ id: 'same-crop-hash/same', values: { bits: 0, of: 64 } });
  });

  it('cannot tell about a file that does not open', async () => {
    expect((await run(await blobs(7))).status).toBe('could-not-tell');
  });
});
