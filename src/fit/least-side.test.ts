import { describe, expect, it } from 'vitest';
import type { PixelImage } from '../core/image.js';
import { fitImage, publishedScale, type FitPolicy } from './index.js';

const policy: FitPolicy = {
  maxSide: 2048,
  leastSide: 600,
  suppressesNoise: false,
  cropAround: [],
  keep: [],
  keepsRuler: false,
};
const grey = (width: number, height: number): PixelImage => ({
  width,
  height,
  channels: 3,
  data: new Uint8Array(width * height * 3).fill(120),
});

async function fitted(width: number, height: number, changed: Partial<FitPolicy> = {}) {
  const source = { format: 'jpeg', frames: [{ pixels: grey(width, height) }] } as const;
  const { image } = await fitImage(source, { detections: [], redactions: [] }, { ...policy, ...changed }, () => 0);
  const { pixels } = image.frames[0]!;
  return [pixels.width, pixels.height];
} // prettier-ignore

describe('a size limit', () => {
  it('shrinks the longer side to it', async () => {
    expect(await fitted(4000, 3000)).toEqual([2048, 1536]);
  });

  it.each([
    [1080, 9000, 600, 5000],
    [6000, 900, 4000, 600],
    [3000, 500, 3000, 500],
  ])('leaves %i × %i at %i × %i, however long that is', async (width, height, w, h) => {
    expect(await fitted(width, height)).toEqual([w, h]);
  });

  it('counts what the irregular resampling takes off at most', async () => {
    const [width, height] = (await fitted(1080, 9000, { suppressesNoise: true })) as [number, number];
    expect(width).toBe(600);
    expect(height).toBeGreaterThan(2048);
  });

  it('is the same for what is looked at', () => {
    expect(publishedScale({ width: 1200, height: 9000 }, policy, 1)).toBe(0.5);
  });
});
