import { describe, expect, it } from 'vitest';
import type { Detection, FaceAnatomy, FaceFeature } from '../core/detection.js';
import { boxPolygon, type Box, type Point } from '../core/geometry.js';
import { coverMask } from './cover-mask.js';
import { planRedactions, type RedactionPolicy } from './plan.js';

const IMAGE = { width: 400, height: 400 };
const FACE: Box = { x: 100, y: 100, width: 200, height: 200 };
const EYE: Box = { x: 140, y: 150, width: 40, height: 20 };
const MOUTH: Box = { x: 170, y: 240, width: 60, height: 20 };
/** A square of skin of 160 pixels around the middle of the face; its corners lie on every eighth of a turn. */
const SKIN = {
  centre: [200, 200] as Point,
  corners: Array.from({ length: 8 }, (_, ray): Point => {
    const angle = (Math.PI * ray) / 4;
    const r = ray % 2 === 0 ? 80 : 80 * Math.SQRT2;
    return [200 + r * Math.cos(angle), 200 + r * Math.sin(angle)];
  }),
};
const ANATOMY: FaceAnatomy = {
  features: [
    { feature: 'eye', box: EYE, isSure: true },
    { feature: 'mouth', box: MOUTH, isSure: true },
  ],
  skin: SKIN,
  missing: [],
};

/** Everything is suspected only. */
const UNSURE = { features: ANATOMY.features.map((one) => ({ ...one, isSure: false })) };

function face(anatomy: FaceAnatomy): Detection {
  return { kind: 'face', box: FACE, polygon: boxPolygon(FACE), score: 0.9, detector: 'test', anatomy };
}

function planned(policy: Partial<RedactionPolicy>, anatomy = ANATOMY) {
  const { redactions, keptBack } = planRedactions([face(anatomy)], IMAGE, {
    keep: [],
    allowFaceInKeep: false,
    ...policy,
  });
  const mask = coverMask(IMAGE, redactions);
  return { redactions, told: keptBack.map(({ shown, reason }) => [shown, reason]), mask };
}

/** Whether every pixel of a box is covered (1), none (0), or some. */
function state(mask: Uint8Array, { x, y, width, height }: Box): number | 'some' {
  const values = new Set<number>();
  for (let v = y; v < y + height; v++)
    for (let u = x; u < x + width; u++) values.add(mask[v * IMAGE.width + u]!);
  return values.size === 1 ? [...values][0]! : 'some';
}

/** Skin between, beside and below the features, at least 12 pixels (the margin) from them. */
const BARE: readonly Box[] = [
  { x: 194, y: 122, width: 84, height: 100 },
  { x: 122, y: 192, width: 30, height: 84 },
  { x: 122, y: 122, width: 156, height: 12 },
];

describe('a face of which the skin stays', () => {
  const { redactions, told, mask } = planned({ faces: 'features' });

  it('is covered around the skin and over the features, to the pixel', () => {
    expect(told).toEqual([[false, { id: 'plan/skin-left', values: {} }]]);
    expect(state(mask, EYE)).toBe(1);
    expect(state(mask, MOUTH)).toBe(1);
    for (const box of BARE) expect(state(mask, box)).toBe(0);
    // Around the skin, as far as the wide extent covers a head: 2 faces wide, 2.2 high, shifted up a tenth.
    expect(state(mask, { x: 20, y: 200, width: 100, height: 2 })).toBe(1);
    expect(state(mask, { x: 199, y: 0, width: 2, height: 120 })).toBe(1);
    expect(state(mask, { x: 281, y: 130, width: 20, height: 140 })).toBe(1);
    expect(mask[399 * 400 + 399]).toBe(0);
  });

  it('is one thing in several pieces', () => {
    expect(redactions.length).toBeGreaterThan(8);
    expect(new Set(redactions.map(({ group }) => group))).toEqual(new Set([0]));
  });

  it.each<[string, Partial<FaceAnatomy>, readonly FaceFeature[]]>([
    ['a feature is missing', { missing: ['nose'] }, ['nose']],
    ['no feature is known', UNSURE, []],
  ])('is covered whole where %s', (_why, change, missing) => {
    const whole = planned({ faces: 'features' }, { ...ANATOMY, ...change });
    expect(whole.told).toEqual([[false, { id: 'plan/covered-whole', values: { missing } }]]);
    expect(state(whole.mask, FACE)).toBe(1);
  });

  it('is covered whole where features hide its skin, and says so', () => {
    const all = { feature: 'nose', box: { x: 90, y: 90, width: 220, height: 220 }, isSure: true } as const;
    const hidden = planned({ faces: 'features' }, { ...ANATOMY, features: [...ANATOMY.features, all] });
    expect(hidden.told).toEqual([[false, { id: 'plan/covered-whole', values: { missing: [] } }]]);
    expect(hidden.redactions.every(({ group }) => group === 0)).toBe(true);
  });

  it('is covered as far as the wide extent does where it is covered whole, with what was suspected', () => {
    const ear = { feature: 'ear', box: { x: 0, y: 380, width: 20, height: 20 }, isSure: false } as const;
    const { mask } = planned({ faces: 'features' }, { ...ANATOMY, features: [ear] });
    expect(state(mask, { x: 60, y: 199, width: 280, height: 2 })).toBe(1);
    expect(state(mask, ear.box)).toBe(1);
  });

  it('is no more than its single features where no head was seen', () => {
    const eye: Detection = { ...face(ANATOMY), feature: 'eye', box: EYE, polygon: boxPolygon(EYE) };
    const covers = (policy: Partial<RedactionPolicy>) =>
      planRedactions([eye], IMAGE, { keep: [], allowFaceInKeep: false, ...policy }).redactions.length;
    expect([covers({}), covers({ faces: 'features' }), covers({ extent: 'wide' })]).toEqual([0, 1, 1]);
  });

  it('is covered whole where no skin was seen', () => {
    const { skin: _, ...rest } = ANATOMY;
    expect(state(planned({ faces: 'features' }, rest).mask, FACE)).toBe(1);
  });
});

describe('a kept region in a face', () => {
  const patch: Box = { x: 220, y: 180, width: 50, height: 50 };

  it('stays, and nothing else of the face', () => {
    const { told, mask } = planned({ keep: [patch] });
    expect(told).toEqual([[false, { id: 'plan/skin-in-keep', values: {} }]]);
    expect(state(mask, patch)).toBe(0);
    for (const { x, y, width, height } of [
      { ...FACE, height: 80 },
      { ...FACE, width: 120 },
      { ...FACE, y: 230, height: 70 },
      { ...FACE, x: 270, width: 30 },
    ])
      expect(state(mask, { x, y, width, height })).toBe(1);
  });

  it('is cut around the features in it', () => {
    const keep = { x: 110, y: 120, width: 100, height: 100 };
    const { told, mask } = planned({ keep: [keep] });
    expect(told).toEqual([
      [false, { id: 'plan/skin-in-keep', values: {} }],
      [false, { id: 'plan/features-in-keep', values: { features: ['eye'] } }],
    ]);
    expect(state(mask, EYE)).toBe(1);
    expect(state(mask, { x: 110, y: 190, width: 100, height: 30 })).toBe(0);
    expect(state(mask, { x: 194, y: 120, width: 16, height: 100 })).toBe(0);
  });

  it('may show features when the policy says so', () => {
    const { told, mask } = planned({ keep: [FACE], allowFaceInKeep: true });
    expect(told).toEqual([[true, { id: 'plan/shown-in-keep', values: { kind: 'face' } }]]);
    expect(state(mask, FACE)).toBe(0);
  });

  it('does not stay in a face of which no feature is known', () => {
    const { told, mask } = planned({ keep: [patch] }, { ...ANATOMY, ...UNSURE });
    expect(told).toEqual([[false, { id: 'plan/covered-in-keep', values: { kind: 'face' } }]]);
    expect(state(mask, FACE)).toBe(1);
  });

  it('stays beside the skin of a face whose skin stays', () => {
    const hair: Box = { x: 180, y: 80, width: 20, height: 20 };
    const { mask } = planned({ keep: [hair], faces: 'features' });
    expect(state(mask, hair)).toBe(0);
    for (const box of BARE) expect(state(mask, box)).toBe(0);
  });
});
