import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Redaction } from '../../../core/detection.js';
import { boundingBox, boxPolygon, type Polygon } from '../../../core/geometry.js';
import type { PixelImage } from '../../../core/image.js';
import { DEFAULT_LIMITS } from '../../../core/limits.js';
import type { ImageFormatPlugin } from '../../../formats/contract.js';
import { redactFrame } from '../../../redact/apply-redactions.js';
import { STYLES } from '../../../redact/styles/index.js';
import { pixelsUnderRedactions } from './index.js';
import { interiorSpans } from './interior.js';
import { seeded } from '../../../../tests/support/seeded.js';

const SIDE = 192;

/** Stripes, blobs and grain, with detail at every scale, as 8-bit RGB. */
function textured(seed = 5): PixelImage {
  const random = seeded(seed);
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const coarse = 60 * Math.sin((x + seed) / 17) * Math.cos(y / 23) + (x % 24 < 4 && y % 9 < 6 ? -50 : 0);
      for (let c = 0; c < 3; c++) {
        data[(y * SIDE + x) * 3 + c] = Math.max(0, Math.min(255, 150 + coarse + (random() - 0.5) * 24));
      }
    }
  }
  return { width: SIDE, height: SIDE, channels: 3, data };
}

const REGION: Polygon = [
  [96, 20],
  [170, 90],
  [96, 170],
  [20, 90],
];
const REDACTION: Redaction = { kinds: ['face'], polygon: REGION, box: boundingBox(REGION) };

const raw = (image: PixelImage) => sharp(image.data, { raw: { width: SIDE, height: SIDE, channels: 3 } });

async function pixelsOf(pipeline: Sharp): Promise<PixelImage> {
  const data = await pipeline.removeAlpha().raw().toBuffer();
  return { width: SIDE, height: SIDE, channels: 3, data: Uint8Array.from(data) };
}

async function throughJpeg(image: PixelImage): Promise<PixelImage> {
  const jpeg = await raw(image).jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer();
  return pixelsOf(sharp(jpeg));
}

async function status(source: PixelImage, output: PixelImage, redactions = [REDACTION]): Promise<string> {
  const format = {} as ImageFormatPlugin;
  const result = await pixelsUnderRedactions.run({
    staged: new Uint8Array(),
    format,
    limits: DEFAULT_LIMITS,
    original: { format: 'jpeg', frames: [{ pixels: source }] },
    cropped: { format: 'jpeg', frames: [{ pixels: source }] },
    source: { format: 'jpeg', frames: [{ pixels: source }] },
    output: { format: 'jpeg', frames: [{ pixels: output }] },
    detections: [[]],
    redactions: [redactions],
  });
  return result.status;
}

describe('pixels-under-redactions', () => {
  it.each(Object.values(STYLES))('passes $id, written as JPEG, twenty times', async (style) => {
    for (let seed = 1; seed <= 20; seed++) {
      const source = await throughJpeg(textured(seed));
      const redacted = redactFrame(source, [REDACTION], style, seeded(seed));
      expect(await status(source, await throughJpeg(redacted))).toBe('not-found');
    }
  });

  it('finds a region that was not covered', async () => {
    const source = textured();
    expect(await status(source, source)).toBe('found');
    expect(await status(source, await throughJpeg(source))).toBe('found');
  });

  it('finds a mere Gaussian blur, a darkened and a half-transparent region', async () => {
    const source = textured();
    expect(await status(source, await pixelsOf(raw(source).blur(1.5)))).toBe('found');
    const map = (f: (v: number) => number) => ({ ...source, data: Uint8Array.from(source.data, f) });
    expect(
      await status(
        source,
        map((v) => v / 4),
      ),
    ).toBe('found');
    expect(await status(source, await throughJpeg(map((v) => 128 + (v - 128) / 5)))).toBe('found');
  });

  it('finds one uncovered region among covered ones, and a small one', async () => {
    const source = textured();
    const small: Redaction = {
      kinds: ['text'],
      polygon: boxPolygon({ x: 3, y: 3, width: 12, height: 10 }),
      box: { x: 3, y: 3, width: 12, height: 10 },
    };
    const redacted = redactFrame(source, [REDACTION], STYLES.blur, seeded(3));
    expect(await status(source, redacted, [REDACTION, small])).toBe('found');
  });

  it('finds nothing where the source is flat', async () => {
    const flat: PixelImage = { ...textured(), data: new Uint8Array(SIDE * SIDE * 3).fill(128) };
    expect(await status(flat, flat)).toBe('not-found');
  });

  it('does not compare what is not comparable', async () => {
    const source = textured();
    expect(await status(source, { ...source, width: SIDE / 2, height: SIDE * 2 })).toBe('could-not-tell');
  });
});

describe('interiorSpans', () => {
  it('leaves out the outermost pixels of a box', () => {
    expect(interiorSpans(boxPolygon({ x: 1, y: 1, width: 5, height: 4 }), 10, 10, 1)).toEqual([
      { y: 2, first: 2, last: 5 },
      { y: 3, first: 2, last: 5 },
    ]);
  });

  it('is empty for what is narrower than three pixels', () => {
    expect(interiorSpans(boxPolygon({ x: 1, y: 1, width: 2, height: 9 }), 10, 10, 1)).toEqual([]);
  });
});
