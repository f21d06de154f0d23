import { describe, expect, it } from 'vitest';
import type { Detection } from '../core/detection.js';
import { boxPolygon, type Box } from '../core/geometry.js';
import { cropAroundKeep, goneByCrop } from './crop-hint.js';

const SIZE = { width: 1000, height: 800 };

describe('cropAroundKeep', () => {
  it('surrounds the regions with a share of their longer side, in whole pixels', () => {
    expect(cropAroundKeep([{ x: 300.5, y: 300, width: 200, height: 100 }], SIZE)).toEqual({
      x: 270,
      y: 270,
      width: 261,
      height: 160,
    });
  });

  it('holds all regions and stays in the photo', () => {
    const keep = [
      { x: 5, y: 5, width: 20, height: 20 },
      { x: 400, y: 700, width: 20, height: 300 },
    ];
    expect(cropAroundKeep(keep, SIZE)).toEqual({ x: 0, y: 0, width: 540, height: 800 });
  });

  it('gives no crop without a region in the photo, or when the crop is the whole photo', () => {
    expect(cropAroundKeep([], SIZE)).toBeUndefined();
    expect(cropAroundKeep([{ x: 2000, y: 0, width: 10, height: 10 }], SIZE)).toBeUndefined();
    expect(cropAroundKeep([{ x: 0, y: 0, width: 1000, height: 800 }], SIZE)).toBeUndefined();
  });
});

describe('goneByCrop', () => {
  it('counts what lies outside, but not what is only cut through', () => {
    const seen = (kind: Detection['kind'], box: Box): Detection => {
      return { kind, box, polygon: boxPolygon(box), score: 1, detector: 'test' };
    };
    const detections = [
      seen('face', { x: 0, y: 0, width: 50, height: 50 }),
      seen('text', { x: 90, y: 100, width: 50, height: 20 }),
      seen('text', { x: 300, y: 300, width: 50, height: 20 }),
    ];
    expect(goneByCrop(detections, { x: 100, y: 100, width: 100, height: 100 })).toEqual({ face: 1, text: 1 });
  });
});
