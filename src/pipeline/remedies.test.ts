import { describe, expect, it } from 'vitest';
import type { Detection } from '../core/detection.js';
import { boxPolygon, type Box } from '../core/geometry.js';
import { formatById } from '../formats/index.js';
import { LARGEST_PATCH } from '../risk/face-recognition.js';
import { facesLeft, riskWith } from './estimate-risk.js';
import type { ExaminedImage } from './examine-image.js';
import { remediesFor } from './remedies.js';
import { DEFAULT_SETTINGS, type ProcessSettings } from './settings.js';

const SIDE = 600;
const FACE: Box = { x: 100, y: 100, width: 400, height: 400 };
/** Its one feature lies far from where regions are kept. */
const SEEN: Detection = {
  kind: 'face',
  box: FACE,
  polygon: boxPolygon(FACE),
  score: 1,
  detector: 'test',
  anatomy: {
    features: [{ feature: 'mouth', box: { x: 280, y: 440, width: 40, height: 20 }, isSure: true }],
    missing: [],
  },
};

function examined(detections: readonly Detection[]): ExaminedImage {
  const pixels = { width: SIDE, height: SIDE, channels: 3 as const, data: new Uint8Array(SIDE * SIDE * 3) };
  return {
    format: formatById('jpeg'),
    source: { format: 'jpeg', frames: [{ pixels }] },
    metadata: [],
    trailingBytes: 0,
    detections: [detections],
    redactions: [[]],
    keptBack: [],
    notExamined: [],
  };
}

function remedies(change: Partial<ProcessSettings>, detections = [SEEN]) {
  const settings = { ...DEFAULT_SETTINGS, ...change };
  const photo = examined(detections);
  return remediesFor(photo, settings, riskWith(photo, settings).openFaces);
}

describe('riskWith', () => {
  it('tells the risk of other settings, and what they leave of a face', () => {
    const keep = [{ x: 200, y: 200, width: 100, height: 100 }];
    const whole = riskWith(examined([SEEN]), DEFAULT_SETTINGS);
    expect(whole.openFaces).toEqual([]);
    const patch = riskWith(examined([SEEN]), { ...DEFAULT_SETTINGS, keep });
    expect(patch.openFaces).toEqual([{ share: 1 / 16, showsFeature: false, isCropped: false }]);
    expect(patch.after).toBeGreaterThan(whole.after);
    // Nothing was changed in what was examined.
    expect(facesLeft(examined([SEEN]), DEFAULT_SETTINGS)[0]!.share).toBe(1);
  });
});

describe('remediesFor', () => {
  it('has none where nothing of a face is left', () => {
    expect(remedies({})).toEqual([]);
    expect(remedies({ keep: [{ x: 0, y: 0, width: 20, height: 20 }] }, [])).toEqual([]);
  });

  it('tells of covering the face whole what the risk would be', () => {
    const [cover, ...rest] = remedies({
      keep: [FACE],
      allowFaceInKeep: true,
      destination: 'clinical',
    }).filter(({ id }) => id === 'remedy/cover-face');
    expect(rest).toEqual([]);
    const { after } = riskWith(examined([SEEN]), { ...DEFAULT_SETTINGS, destination: 'clinical' });
    expect(cover!.values.risk).toBe(after);
  });

  it('offers the largest of the smaller regions that would be enough, where the crop alone is not', () => {
    const settings = {
      keep: [{ x: 120, y: 120, width: 300, height: 300 }],
      destination: 'professional' as const,
    };
    const [smaller] = remedies(settings);
    const values = smaller!.values as { readonly risk: number; readonly share: number };
    expect(smaller!.id).toBe('remedy/smaller-keep');
    expect(values.risk).toBeLessThanOrEqual(0.2);
    const riskOf = (share: number) => {
      const side = 300 * share;
      const keep = [{ x: 270 - side / 2, y: 270 - side / 2, width: side, height: side }];
      const others = { ...DEFAULT_SETTINGS, ...settings, keep, cropToKeep: true };
      return riskWith(examined([SEEN]), others).after;
    };
    expect(riskOf(values.share)).toBe(values.risk);
    expect(riskOf(1)).toBeGreaterThan(0.2);
  });

  it('offers no region to the public, where none was measured to be safe', () => {
    const keep = [{ x: 150, y: 150, width: 240, height: 240 }];
    expect(remedies({ keep }).map(({ id }) => id)).toEqual(
      LARGEST_PATCH.alone ? ['remedy/smaller-keep', 'remedy/cover-face'] : ['remedy/cover-face'],
    );
  });

  it('tells only what would be enough', () => {
    expect(remedies({ keep: [FACE], allowFaceInKeep: true, maxRisk: 0.001 })).toEqual([]);
  });
});
