import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { CANVAS, pictureWithCode } from '../../../tests/support/picture-with-code.js';
import { boundingBox } from '../../core/geometry.js';
import { asSharp } from '../../imaging/as-sharp.js';
import { codeDetector } from './index.js';

const detector = codeDetector();

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
    ['Code128', 'PATIENT4711', 30],
    ['PDF417', 'PATIENT 4711, MARTHA WEBER', 60],
    ['EAN13', '4006381333931', 135],
  ] as const)('finds %s "%s" turned by %i° and covers its height', async (format, text, angle) => {
    const { picture, box: code } = await pictureWithCode(format, text, angle);
    const { detections } = await detector.examine(picture);
    const box = boundingBox(detections.flatMap(({ polygon }) => polygon));
    expect(box.x + box.width / 2).toBeCloseTo(code.x + code.width / 2, -1.3);
    expect(box.y + box.height / 2).toBeCloseTo(code.y + code.height / 2, -1.3);
    expect(Math.min(box.width, box.height)).toBeGreaterThan(Math.min(code.width, code.height) * 0.6);
  });

  it.each([
    ['small on a photo of 12 megapixels', 3],
    ['as large as the photo', 95],
  ])('finds a code that is %s', async (_, times) => {
    const { picture, box: code } = await pictureWithCode('QRCode', 'PATIENT 4711', 0);
    const large = { width: 4000, height: 3000 };
    const side = Math.round((code.width * times) / 3);
    const [left, top] = [Math.floor((large.width - side) / 2), Math.floor((large.height - side) / 2)];
    const input = await asSharp(picture)
      .extract({ left: code.x, top: code.y, width: code.width, height: code.height })
      .resize(side, side, { kernel: 'nearest' })
      .png()
      .toBuffer();
    const data = await sharp({ create: { ...large, channels: 3, background: '#d8a58e' } })
      .composite([{ input, left, top }])
      .removeAlpha()
      .raw()
      .toBuffer();
    const { detections } = await detector.examine({ ...large, channels: 3, data });
    const box = boundingBox(detections.flatMap(({ polygon, score }) => (score === 1 ? polygon : [])));
    expect(Math.abs(box.x + box.width / 2 - large.width / 2)).toBeLessThan(0.05 * side);
    expect(Math.abs(box.y + box.height / 2 - large.height / 2)).toBeLessThan(0.05 * side);
    expect(box.width).toBeGreaterThan(0.6 * side);
  });

  it('finds nothing on plain skin', async () => {
    const data = new Uint8Array(CANVAS.width * CANVAS.height * 3).fill(180);
    expect((await detector.examine({ ...CANVAS, channels: 3, data })).detections).toEqual([]);
  });
});
