import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DetectionKind, Redaction } from '../core/detection.js';
import { boundingBox, boxPolygon, type Polygon } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import { redactFrame } from './apply-redactions.js';
import { rasterise } from '../imaging/rasterise.js';
import { STYLES } from './styles/index.js';
import { seeded } from '../../tests/support/seeded.js';

const ALL = Object.values(STYLES);

function noiseImage(width: number, height: number, channels: 3 | 4 = 3): PixelImage {
  const random = seeded(99);
  const data = Uint8Array.from({ length: width * height * channels }, () => Math.floor(random() * 256));
  return { width, height, channels, data };
}

function redaction(polygon: Polygon, kinds: DetectionKind[] = ['face']): Redaction {
  return { kinds, polygon, box: boundingBox(polygon) };
}

const DIAMOND: Polygon = [
  [50, 5],
  [95, 40],
  [50, 75],
  [5, 40],
];

describe('styles', () => {
  it('are the folders on disk, each under its own id', () => {
    const folders = readdirSync(new URL('styles', import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(Object.keys(STYLES).sort()).toEqual(folders.sort());
    for (const [id, style] of Object.entries(STYLES)) {
      expect(style.id).toBe(id);
      expect(style.description).not.toBe('');
    }
  });
});

describe.each(ALL)('redactFrame with $id', (style) => {
  it('leaves the source and every pixel outside the mask as they are, and makes alpha opaque inside', () => {
    const source = noiseImage(100, 80, 4);
    const before = Uint8Array.from(source.data);
    const out = redactFrame(source, [redaction(DIAMOND)], style, seeded(7));
    expect(source.data).toEqual(before);
    const mask = rasterise(DIAMOND, source);
    const expected = Uint8Array.from(before);
    for (let i = 0; i < mask.data.length; i++) {
      if (mask.data[i] !== 255) continue;
      const at = ((mask.top + Math.floor(i / mask.width)) * 100 + mask.left + (i % mask.width)) * 4;
      expected.set([...out.data.subarray(at, at + 3), 255], at);
    }
    expect(out.data).toEqual(expected);
  });

  it('gives the same output for sources that differ within a cell but not in its rounded mean', () => {
    // 96 × 96 in 6 × 6 cells of 16 pixels; the other source has the pixels of each cell in reverse order.
    const source = noiseImage(96, 96);
    const other = { ...source, data: Uint8Array.from(source.data) };
    for (let y = 0; y < 96; y++) {
      for (let x = 0; x < 96; x++) {
        const [cx, cy] = [Math.floor(x / 16) * 32 + 15 - x, Math.floor(y / 16) * 32 + 15 - y];
        for (let c = 0; c < 3; c++)
          other.data[(y * 96 + x) * 3 + c] = source.data[(cy * 96 + cx) * 3 + c] as number;
      }
    }
    expect(other.data).not.toEqual(source.data);
    const whole = redaction(boxPolygon({ x: 0, y: 0, width: 96, height: 96 }));
    const out = redactFrame(source, [whole], style, seeded(7));
    expect(redactFrame(other, [whole], style, seeded(7)).data).toEqual(out.data);
  });

  it('does not look at pixels outside the mask', () => {
    const source = noiseImage(100, 80);
    const mask = rasterise(DIAMOND, source);
    const other = { ...source, data: Uint8Array.from(source.data, (v) => 255 - v) };
    const inside: number[] = [];
    mask.data.forEach((v, i) => {
      const at = ((mask.top + Math.floor(i / mask.width)) * 100 + mask.left + (i % mask.width)) * 3;
      if (v === 255) inside.push(at, at + 1, at + 2);
    });
    for (const at of inside) other.data[at] = source.data[at] as number;
    const a = redactFrame(source, [redaction(DIAMOND)], style, seeded(7));
    const b = redactFrame(other, [redaction(DIAMOND)], style, seeded(7));
    expect(inside.map((at) => b.data[at])).toEqual(inside.map((at) => a.data[at]));
  });
});

describe('solid', () => {
  it('paints one grey', () => {
    const out = redactFrame(
      noiseImage(4, 3),
      [redaction(boxPolygon({ x: 1, y: 1, width: 2, height: 1 }))],
      STYLES.solid,
      seeded(7),
    );
    expect([...out.data.subarray(5 * 3, 7 * 3)]).toEqual([128, 128, 128, 128, 128, 128]);
  });
});

describe('pixelate', () => {
  const colours = (side: number, kind: DetectionKind): number => {
    const whole = redaction(boxPolygon({ x: 0, y: 0, width: side, height: side }), [kind]);
    const { data } = redactFrame(noiseImage(side, side), [whole], STYLES.pixelate, seeded(7));
    return new Set(Array.from({ length: side * side }, (_, i) => data.subarray(i * 3, i * 3 + 3).join()))
      .size;
  };

  it('keeps at most 4 colours of a face, 9 of text, 36 of a tattoo and one of anything small', () => {
    // Several cells may get the same colour.
    expect(colours(192, 'face')).toBeLessThanOrEqual(4);
    expect(colours(192, 'tattoo')).toBeLessThanOrEqual(36);
    expect(colours(192, 'tattoo')).toBeGreaterThan(9);
    expect(colours(192, 'text')).toBeLessThanOrEqual(9);
    expect(colours(20, 'text')).toBe(1);
  });

  it('does not allow the levels of what was covered to be recovered', () => {
    // 300 faces of 4 cells and 3 channels: all 3,600 levels could be read back when noise was added after rounding.
    const random = seeded(5);
    const data = new Uint8Array(32 * 32 * 3);
    const image: PixelImage = { width: 32, height: 32, channels: 3, data };
    const whole = redaction(boxPolygon({ x: 0, y: 0, width: 32, height: 32 }));
    let right = 0;
    for (let face = 0; face < 300; face++) {
      const colours = Array.from({ length: 12 }, () => Math.floor(random() * 256));
      const cellOf = (i: number) => 2 * Math.floor(i / (32 * 16)) + Math.floor((i % 32) / 16);
      for (let i = 0; i < 32 * 32; i++) {
        for (let c = 0; c < 3; c++) data[i * 3 + c] = colours[cellOf(i) * 3 + c]!;
      }
      const painted = redactFrame(image, [whole], STYLES.pixelate, random).data;
      for (const [cell, at] of [0, 16, 16 * 32, 16 * 32 + 16].entries()) {
        for (let c = 0; c < 3; c++) {
          const value = painted[at * 3 + c]!;
          expect([32, 96, 160, 224]).toContain(value);
          if (Math.floor(value / 64) === Math.floor(colours[cell * 3 + c]! / 64)) right++;
        }
      }
    }
    // Guessing without looking gives a quarter.
    expect(right / 3600).toBeLessThan(0.66);
  });

  it('adds random noise to the mean, and then rounds to a few levels', () => {
    const data = new Uint8Array(8 * 8 * 3).fill(70);
    const first = (kind: DetectionKind, random: number) => {
      const whole = redaction(boxPolygon({ x: 0, y: 0, width: 8, height: 8 }), [kind]);
      const image: PixelImage = { width: 8, height: 8, channels: 3, data };
      return redactFrame(image, [whole], STYLES.pixelate, () => random).data[0];
    };
    // With four levels, 70 lies in 64 to 127, whose middle is 96; random 0.5 means no noise, 0 a level and a half less.
    expect([first('face', 0.5), first('face', 0), first('face', 0.6)]).toEqual([96, 32, 96]);
    expect([first('face', 0.9), first('text', 0.9)]).toEqual([160, 160]);
    // With eight levels, it lies in 64 to 95, whose middle is 80; 70 − 48 lies in 0 to 31.
    expect([first('tattoo', 0.5), first('tattoo', 0)]).toEqual([80, 16]);
  });
});

describe('redactFrame of a group', () => {
  const pieces = [
    { x: 0, y: 0, width: 16, height: 32 },
    { x: 16, y: 0, width: 16, height: 32 },
  ].map((box) => redaction(boxPolygon(box)));
  const whole = redaction(boxPolygon({ x: 0, y: 0, width: 32, height: 32 }));

  it.each(Object.values(STYLES))('paints its pieces as one area: $id', (style) => {
    const source = noiseImage(40, 40);
    const grouped = pieces.map((piece) => ({ ...piece, group: 3 }));
    const asOne = redactFrame(source, [whole], style, seeded(2)).data;
    expect(redactFrame(source, grouped, style, seeded(2)).data).toEqual(asOne);
    // Of two groups, each has its own colours.
    const apart = grouped.map((piece, group) => ({ ...piece, group }));
    expect(redactFrame(source, apart, style, seeded(2)).data).toEqual(
      redactFrame(source, pieces, style, seeded(2)).data,
    );
  });

  it('leaves a pixel alone that no piece touches', () => {
    const source = noiseImage(40, 40);
    const corners = [
      { x: 0, y: 0, width: 4, height: 4 },
      { x: 30, y: 30, width: 4, height: 4 },
    ].map((box) => ({ ...redaction(boxPolygon(box)), group: 0 }));
    const { data } = redactFrame(source, corners, STYLES.solid, seeded(2));
    const changed = [...data.keys()].filter((at) => data[at] !== source.data[at]);
    const isIn = (at: number, from: number) => {
      const [x, y] = [Math.floor(at / 3) % 40, Math.floor(at / 120)];
      return x >= from && x < from + 4 && y >= from && y < from + 4;
    };
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.every((at) => isIn(at, 0) || isIn(at, 30))).toBe(true);
  });
});

describe('blur', () => {
  it('is smooth: no step between neighbours beyond a few levels where the source has steps of 255', () => {
    const whole = redaction(boxPolygon({ x: 0, y: 0, width: 192, height: 192 }));
    const source = noiseImage(192, 192);
    for (let i = 0; i < source.data.length; i++) source.data[i] = i % (192 * 3) < 96 * 3 ? 0 : 255;
    const { data } = redactFrame(source, [whole], STYLES.blur, seeded(7));
    let steepest = 0;
    for (let y = 0; y < 192; y++) {
      for (let x = 1; x < 192; x++) {
        const at = (y * 192 + x) * 3;
        steepest = Math.max(steepest, Math.abs((data[at] as number) - (data[at - 3] as number)));
      }
    }
    expect(steepest).toBeGreaterThan(0);
    expect(steepest).toBeLessThan(10);
  });
});
