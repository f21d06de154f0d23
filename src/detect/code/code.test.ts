import { describe, expect, it } from 'vitest';
import { CANVAS, pictureWithCode } from '../../../tests/support/picture-with-code.js';
import { boundingBox } from '../../core/geometry.js';
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

  it('finds nothing on plain skin', async () => {
    const data = new Uint8Array(CANVAS.width * CANVAS.height * 3).fill(180);
    expect((await detector.examine({ ...CANVAS, channels: 3, data })).detections).toEqual([]);
  });
});
