import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pictureWithWord } from '../../../tests/support/picture-with-word.js';
import { textDetector } from './index.js';

describe('textDetector', () => {
  it('finds letters, even where transparent pixels hide them, and nothing in an empty picture', async () => {
    const detector = textDetector();
    expect((await detector.load()).map(({ id }) => id)).toEqual(['patient-text-net', 'pp-ocrv4-rec']);
    const photo = await pictureWithWord('#fff');
    const { detections } = await detector.examine(photo);
    expect(Math.min(...detections.map(({ box }) => box.x))).toBeLessThan(150);
    expect(Math.max(...detections.map(({ box }) => box.x + box.width))).toBeGreaterThan(360);
    expect(detections.map(({ textClass }) => textClass)).toContain('name');
    const asked: string[] = [];
    const kept = await detector.examine(photo, (text) => asked.push(text) > 0);
    expect(kept.detections.some(({ allowed }) => allowed)).toBe(true);
    expect(asked).toContain('HHHH');
    const { width, height } = photo;
    const hidden = await sharp(photo.data, { raw: { width, height, channels: 3 } })
      .ensureAlpha(0)
      .raw()
      .toBuffer();
    expect((await detector.examine({ width, height, channels: 4, data: hidden })).detections).not.toEqual([]);
    const blank = new Uint8Array(640 * 480 * 3).fill(200);
    expect(
      (await detector.examine({ width: 640, height: 480, channels: 3, data: blank })).detections,
    ).toEqual([]);
  });
});
