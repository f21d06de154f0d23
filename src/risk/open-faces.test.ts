import { describe, expect, it } from 'vitest';
import type { Detection, Redaction } from '../core/detection.js';
import { boxPolygon, type Box } from '../core/geometry.js';
import { openFaces } from './open-faces.js';

const SIZE = { width: 400, height: 400 };
const FACE: Box = { x: 100, y: 100, width: 200, height: 200 };
const EYE: Box = { x: 120, y: 120, width: 40, height: 40 };
const SEEN: Detection = {
  kind: 'face',
  box: FACE,
  polygon: boxPolygon(FACE),
  score: 1,
  detector: 'test',
  anatomy: { features: [{ feature: 'eye', box: EYE, isSure: true }], missing: [] },
};
const cover = (box: Box): Redaction => ({ kinds: ['face'], box, polygon: boxPolygon(box) });
const UPPER = cover({ ...FACE, height: 100 });

describe('openFaces', () => {
  it('measures what is left, and whether a feature is', () => {
    expect(openFaces([SEEN], [], SIZE)).toEqual([{ share: 1, showsFeature: true, isCropped: false }]);
    expect(openFaces([SEEN], [UPPER], SIZE)).toEqual([{ share: 0.5, showsFeature: false, isCropped: false }]);
    expect(openFaces([SEEN], [cover(FACE)], SIZE)).toEqual([]);
  });

  it('counts a face whose features are not known as one that shows a feature', () => {
    const { anatomy: _, ...unknown } = SEEN;
    expect(openFaces([unknown], [UPPER], SIZE)[0]!.showsFeature).toBe(true);
  });

  it('does not count what a crop leaves out', () => {
    const crop = { x: 200, y: 200, width: 50, height: 50 };
    expect(openFaces([SEEN], [], SIZE, crop)).toEqual([
      { share: 1 / 16, showsFeature: false, isCropped: true },
    ]);
    expect(openFaces([SEEN], [], SIZE, { x: 0, y: 0, width: 50, height: 50 })).toEqual([]);
  });

  it('counts neither single features nor other things', () => {
    expect(
      openFaces(
        [
          { ...SEEN, feature: 'eye' },
          { ...SEEN, kind: 'tattoo' },
        ],
        [],
        SIZE,
      ),
    ).toEqual([]);
  });
});
