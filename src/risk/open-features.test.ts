import { describe, expect, it } from 'vitest';
import type { Detection, FaceFeature, Redaction } from '../core/detection.js';
import { boxPolygon, type Box } from '../core/geometry.js';
import { openFeatures, readableIris } from './open-features.js';

const BOX: Box = { x: 100, y: 50, width: 400, height: 200 };
const seen = (feature?: FaceFeature, box = BOX): Detection => ({
  kind: 'face',
  ...(feature && { feature }),
  box,
  polygon: boxPolygon(box),
  score: 0.9,
  detector: 'test',
});
const covering = (box: Box): Redaction => ({ kinds: ['face'], box, polygon: boxPolygon(box) });

describe('openFeatures', () => {
  it('lists what is not a face, with the possible width of an eye’s iris', () => {
    expect(openFeatures([seen(), seen('eye'), seen('mouth')], [])).toEqual([
      { feature: 'eye', box: BOX, iris: 100 },
      { feature: 'mouth', box: BOX },
    ]);
  });

  it('gives an iris only to what is certainly an eye', () => {
    const irises = [0.24, 0.25].map((score) => openFeatures([{ ...seen('eye'), score }], [])[0]?.iris);
    expect(irises).toEqual([undefined, 100]);
  });

  it('leaves out what is covered at least over its inner half', () => {
    const half = { x: 200, y: 100, width: 200, height: 100 };
    expect(openFeatures([seen('nose')], [covering(half)])).toEqual([]);
    expect(openFeatures([seen('nose')], [covering({ ...half, width: 199 })])).toHaveLength(1);
  });
});

describe('readableIris', () => {
  const eye = (width: number) => openFeatures([seen('eye', { ...BOX, width })], []);

  it('is the widest from 100 pixels on', () => {
    expect(readableIris(eye(399))).toBeUndefined();
    expect(readableIris([...eye(400), ...eye(600)])).toBe(150);
    expect(readableIris(openFeatures([seen('mouth')], []))).toBeUndefined();
  });
});
