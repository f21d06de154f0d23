import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, writeBarcode, type WriteInputBarcodeFormat } from 'zxing-wasm/writer';
import type { PixelImage } from '../../core/image.js';
import { codeDetector } from './index.js';

const CANVAS = { width: 800, height: 800 };
const PLACE = { left: 180, top: 140 };
const detector = codeDetector();

beforeAll(async () => {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
  const wasmBinary = Uint8Array.from(readFileSync(file)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
});

/** A code on skin colour, and where its dark pixels lie. */
async function withCode(format: WriteInputBarcodeFormat, text: string, angle = 0) {
  const { image } = await writeBarcode(text, { format, scale: 3 });
  const code = sharp(Buffer.from(await image!.arrayBuffer())).rotate(angle, { background: '#fff' });
  const { data: input, info } = await code.png().toBuffer({ resolveWithObject: true });
  const background = { create: { ...CANVAS, channels: 3 as const, background: '#d8a58e' } };
  const data = await sharp(background)
    .composite([{ input, ...PLACE }])
    .removeAlpha()
    .raw()
    .toBuffer();
  const picture: PixelImage = { ...CANVAS, channels: 3, data };
  return { picture, centre: [PLACE.left + info.width / 2, PLACE.top + info.height / 2] as const, info };
}

describe('codeDetector', () => {
  it('names its reader', async () => {
    expect(await detector.load()).toMatchObject([{ id: 'zxing-wasm', engine: 'zxing-wasm 3.1.4' }]);
  });

  it.each([
    ['QRCode', 'PATIENT 4711', 0],
    ['QRCode', 'PATIENT 4711', 30],
    ['DataMatrix', 'PATIENT 4711', 0],
    ['Code128', 'PATIENT4711', 0],
    ['Code128', 'PATIENT4711', 90],
  ] as const)('finds %s "%s" turned by %i° and covers its height', async (format, text, angle) => {
    const { picture, centre, info } = await withCode(format, text, angle);
    const { detections } = await detector.examine(picture);
    expect(detections).toHaveLength(1);
    const { box } = detections[0]!;
    expect(box.x + box.width / 2).toBeCloseTo(centre[0], -1.3);
    expect(box.y + box.height / 2).toBeCloseTo(centre[1], -1.3);
    expect(Math.min(box.width, box.height)).toBeGreaterThan(Math.min(info.width, info.height) * 0.6);
  });

  it('finds nothing on plain skin', async () => {
    const data = new Uint8Array(CANVAS.width * CANVAS.height * 3).fill(180);
    expect((await detector.examine({ ...CANVAS, channels: 3, data })).detections).toEqual([]);
  });
});
