import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { boundingBox, type Point } from '../../core/geometry.js';
import { minAreaRect, rectCorners } from '../../core/rotated-rect.js';
import { decodeMap, meanInside } from './decode-map.js';
import { textDetector } from './index.js';
import type { ProbabilityMap } from '../network/probability-map.js';

const SETTINGS = { pixelThreshold: 0.3, boxThreshold: 0.4, unclipRatio: 1.8, minSide: 3 };

function mapWith(width: number, height: number, value: (x: number, y: number) => number): ProbabilityMap {
  const data = Float32Array.from({ length: width * height }, (_, i) =>
    value(i % width, Math.floor(i / width)),
  );
  return { width, height, data };
}

describe('decodeMap', () => {
  it('moves every side of a rectangle out by area × ratio ÷ perimeter', () => {
    const map = mapWith(200, 100, (x, y) => (x >= 60 && x < 120 && y >= 40 && y < 50 ? 0.9 : 0));
    const regions = decodeMap(map, SETTINGS);
    expect(regions).toHaveLength(1);
    expect(regions[0]!.score).toBeCloseTo(0.9, 5);
    const out = (60 * 10 * 1.8) / (2 * 70);
    const box = boundingBox(regions[0]!.polygon);
    expect(box.x).toBeCloseTo(60 - out, 5);
    expect(box.y).toBeCloseTo(40 - out, 5);
    expect(box.width).toBeCloseTo(60 + 2 * out, 5);
    expect(box.height).toBeCloseTo(10 + 2 * out, 5);
  });

  it('follows a line of text at an angle', () => {
    const map = mapWith(200, 200, (x, y) => (Math.abs(x - y) < 6 && x + y > 120 && x + y < 280 ? 1 : 0));
    const [region] = decodeMap(map, SETTINGS);
    const [a, b] = region!.polygon as [Point, Point];
    const angle = Math.abs(Math.atan2(b[1] - a[1], b[0] - a[0])) % (Math.PI / 2);
    expect(angle).toBeCloseTo(Math.PI / 4, 1);
  });

  it('leaves out specks and faint regions', () => {
    const speck = mapWith(50, 50, (x, y) => (x === 10 && y === 10 ? 1 : 0));
    const faint = mapWith(50, 50, (x, y) => (x > 10 && x < 30 && y > 10 && y < 20 ? 0.35 : 0));
    expect(decodeMap(speck, SETTINGS)).toEqual([]);
    expect(decodeMap(faint, SETTINGS)).toEqual([]);
  });
});

describe('meanInside', () => {
  it('is 0 where there is no pixel', () => {
    expect(
      meanInside(
        mapWith(4, 4, () => 1),
        [
          [10, 10],
          [12, 10],
          [12, 12],
        ],
      ),
    ).toBe(0);
  });
});

describe('minAreaRect', () => {
  it('finds a turned square again', () => {
    const square: Point[] = [
      [5, 0],
      [10, 5],
      [5, 10],
      [0, 5],
    ];
    const rect = minAreaRect(square);
    expect(rect.length * rect.breadth).toBeCloseTo(50, 9);
    expect(boundingBox(rectCorners(rect)).width).toBeCloseTo(10, 9);
  });
});

/** Thick strokes in the shape of H, E and L: no font of the machine decides. */
function letters(background: string): Buffer {
  const stroke = (d: string) => `<path d="${d}" stroke="#000" stroke-width="9" fill="none"/>`;
  const word = [0, 1, 2, 3].map((i) => stroke(`M${150 + i * 60} 120v70m0 -35h32m0 -35v70`)).join('');
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="${background}"/>${word}</svg>`,
  );
}

describe('textDetector', () => {
  it('finds letters, also where a transparent pixel hides them, and nothing on an empty picture', async () => {
    const detector = textDetector();
    expect((await detector.load()).map(({ id }) => id)).toEqual([
      'pp-ocrv4-det',
      'patient-photo-net',
      'pp-ocrv4-rec',
    ]);
    const raw = await sharp(letters('#fff')).removeAlpha().raw().toBuffer();
    const { detections } = await detector.examine({ width: 640, height: 480, channels: 3, data: raw });
    const x0 = Math.min(...detections.map(({ box }) => box.x));
    const x1 = Math.max(...detections.map(({ box }) => box.x + box.width));
    expect(x0).toBeLessThan(150);
    expect(x1).toBeGreaterThan(360);
    expect(detections.map(({ textClass }) => textClass)).toContain('name');
    const asked: string[] = [];
    const photo = { width: 640, height: 480, channels: 3, data: raw } as const;
    const kept = await detector.examine(photo, (text) => asked.push(text) > 0);
    expect(kept.detections.some(({ allowed }) => allowed)).toBe(true);
    expect(asked).toContain('HHHH');
    const hidden = await sharp(raw, { raw: { width: 640, height: 480, channels: 3 } })
      .ensureAlpha(0)
      .raw()
      .toBuffer();
    expect(
      (await detector.examine({ width: 640, height: 480, channels: 4, data: hidden })).detections,
    ).not.toEqual([]);
    const blank = new Uint8Array(640 * 480 * 3).fill(200);
    expect(
      (await detector.examine({ width: 640, height: 480, channels: 3, data: blank })).detections,
    ).toEqual([]);
  });
});
