import { describe, expect, it } from 'vitest';
import { CANVAS, pictureWithCode } from '../../../tests/support/picture-with-code.js';
import { boundingBox } from '../../core/geometry.js';
import { shrunk } from '../../imaging/resized.js';
import { codeDetector } from './index.js';
import { turnedView } from './turned-view.js';

const detector = codeDetector();

describe('turnedView', () => {
  it.each([
    [30, 500],
    [60, 200],
    [90, 500],
  ])(
    'turned by %i° and at most %i pixels long, says where in the photo a point lies',
    async (degrees, most) => {
      const [width, height] = [300, 200];
      const data = new Uint8Array(width * height * 3).fill(255);
      for (let y = 40; y < 60; y++)
        for (let x = 220; x < 240; x++) data.fill(0, (y * width + x) * 3, (y * width + x) * 3 + 3);
      const small = await shrunk({ width, height, channels: 3, data }, most);
      const { image, turnBack } = await turnedView(small, degrees);
      let [sum, sx, sy] = [0, 0, 0];
      for (let p = 0; p < image.width * image.height; p++) {
        if (image.data[p * 3]! > 40) continue;
        sum++;
        sx += (p % image.width) + 0.5;
        sy += Math.floor(p / image.width) + 0.5;
      }
      const [x, y] = turnBack([sx / sum, sy / sum]).map((place) => (place * width) / small.width) as [
        number,
        number,
      ];
      expect(Math.abs(x - 230)).toBeLessThan(1.5);
      expect(Math.abs(y - 50)).toBeLessThan(1.5);
    },
  );
});

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

  it('finds nothing on plain skin', async () => {
    const data = new Uint8Array(CANVAS.width * CANVAS.height * 3).fill(180);
    expect((await detector.examine({ ...CANVAS, channels: 3, data })).detections).toEqual([]);
  });
});
