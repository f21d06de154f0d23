import { describe, expect, it } from 'vitest';
import type { Detection, FaceAnatomy } from '../core/detection.js';
import { boxPolygon, type Box } from '../core/geometry.js';
import { doubtfulCovers } from './doubtful-covers.js';

const SIZE = { width: 400, height: 300 };
const MIDDLE = { x: 150, y: 100, width: 100, height: 80 };
const seen = (kind: Detection['kind'], change: Partial<Detection> = {}, box: Box = MIDDLE): Detection => ({
  kind,
  box,
  polygon: boxPolygon(box),
  score: 0.6,
  detector: 'test',
  ...change,
});
const covered = (...detections: readonly Detection[]) =>
  doubtfulCovers(
    detections,
    detections.map(({ kind, box, polygon }) => ({ kinds: [kind], box, polygon })),
    SIZE,
  );
const anatomy = (isSure: boolean): FaceAnatomy => ({
  features: [{ feature: 'eye', box: MIDDLE, isSure }],
  missing: [],
});

describe('doubtfulCovers', () => {
  it.each([
    ['a face without any feature', seen('face')],
    ['a face in which a feature is only suspected', seen('face', { anatomy: anatomy(false) })],
    ['text that nobody could read', seen('text')],
    ['a code that was not read', seen('code')],
    ['ink that is not quite certain', seen('tattoo', { score: 0.98 })],
  ])('asks about %s in the middle', (_, detection) => {
    expect(covered(detection)).toEqual([detection.kind]);
  });

  it.each([
    ['a face in which a feature is sure', seen('face', { anatomy: anatomy(true) })],
    ['a face that is certain', seen('face', { score: 0.9 })],
    ['text that was read', seen('text', { textClass: 'other' })],
    ['a code that was read', seen('code', { score: 1 })],
    ['certain ink', seen('tattoo', { score: 0.995 })],
    ['a single feature, which is not covered', seen('face', { feature: 'ear' })],
    [
      'what lies at the edge, such as a watermark',
      seen('text', {}, { x: 10, y: 250, width: 120, height: 40 }),
    ],
    ['a speck', seen('code', {}, { x: 200, y: 150, width: 8, height: 8 })],
  ])('does not ask about %s', (_, detection) => {
    expect(covered(detection)).toEqual([]);
  });

  it('does not ask about what lies in a sure face, nor about what is not covered', () => {
    const face = seen('face', { score: 0.95 }, { x: 100, y: 50, width: 200, height: 200 });
    expect(covered(face, seen('text'))).toEqual([]);
    expect(doubtfulCovers([seen('code')], [], SIZE)).toEqual([]);
  });

  it('names each kind once', () => {
    expect(covered(seen('text'), seen('code'), seen('text'))).toEqual(['text', 'code']);
  });
});
