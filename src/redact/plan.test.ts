import { describe, expect, it } from 'vitest';
import { DETECTION_KINDS, type Detection, type DetectionKind } from '../core/detection.js';
import { boundingBox, boxPolygon, type Box, type Point, type Polygon } from '../core/geometry.js';
import { clipToBox, convexHull, growPolygon, isInside, polygonArea } from '../imaging/convex.js';
import { growDetection } from './grow.js';
import { planRedactions, type RedactionPolicy } from './plan.js';
import { rasterise } from '../imaging/rasterise.js';

const IMAGE = { width: 200, height: 100 };
const NOTHING_KEPT = { keep: [], allowFaceInKeep: false };

function found(kind: DetectionKind, box: Box, polygon: Polygon = boxPolygon(box)): Detection {
  return { kind, box, polygon, score: 0.9, detector: 'test' };
}

/** Whether each pixel of the image is covered by some redaction. */
function covered(redactions: readonly { polygon: Polygon }[], image = IMAGE): Set<number> {
  const all = new Set<number>();
  for (const { polygon } of redactions) {
    const mask = rasterise(polygon, image);
    mask.data.forEach((v, i) => {
      const y = mask.top + Math.floor(i / mask.width);
      if (v === 255) all.add(y * image.width + mask.left + (i % mask.width));
    });
  }
  return all;
}

function pixelsOf(box: Box, image = IMAGE): number[] {
  const out: number[] = [];
  for (let y = box.y; y < box.y + box.height; y++)
    for (let x = box.x; x < box.x + box.width; x++) out.push(y * image.width + x);
  return out;
}

describe('planRedactions', () => {
  it('grows text by two pixels, and a line of it to full steps of its height', () => {
    const plan = planRedactions(
      [found('text', { x: 20, y: 30, width: 40, height: 10 })],
      IMAGE,
      NOTHING_KEPT,
    );
    expect(plan.keptBack).toEqual([]);
    expect(plan.redactions).toHaveLength(1);
    expect(plan.redactions[0]?.kinds).toEqual(['text']);
    // Steps of 2 × 8, the power of two next to its height: from 18 to 62 becomes from 16 to 64.
    expect(plan.redactions[0]?.box).toEqual({ x: 16, y: 28, width: 48, height: 14 });
    const letter = found('text', { x: 20, y: 30, width: 19, height: 10 });
    expect(planRedactions([letter], IMAGE, NOTHING_KEPT).redactions[0]?.box).toEqual({
      x: 18,
      y: 28,
      width: 23,
      height: 14,
    });
  });

  it.each([
    ['the left', () => 30.5],
    ['the right', (width: number) => 390.5 - width],
    ['their middle', (width: number) => 210 - width / 2],
  ])('does not tell how long a line is, wherever it is known from %s', (_where, leftOf) => {
    const image = { width: 400, height: 100 };
    const boxes = Array.from({ length: 240 }, (_, i) => {
      const width = 60 + i;
      const line = found('text', { x: leftOf(width), y: 40, width, height: 20 });
      return planRedactions([line], image, NOTHING_KEPT).redactions[0]!.box;
    });
    // 240 lengths in steps of 32 pixels.
    const ends = new Set(boxes.map(({ x, width }) => `${x} ${width}`));
    expect(ends.size).toBeLessThanOrEqual(17);
    for (const { x, width } of boxes) expect([x % 32, (x + width) % 32]).toEqual([0, (x + width) % 32 && 16]);
  });

  it('lengthens a line in its own direction, and covers all of it', () => {
    const image = { width: 400, height: 400 };
    const angle = 0.5;
    const [ax, ay] = [Math.cos(angle), Math.sin(angle)];
    const at = (u: number, v: number): Point => [100 + u * ax - v * ay, 100 + u * ay + v * ax];
    const polygon: Polygon = [at(0, 0), at(150, 0), at(150, 16), at(0, 16)];
    const grown = growDetection(found('text', boundingBox(polygon), polygon), 'usual');
    for (const corner of polygon) expect(isInside(grown, corner)).toBe(true);
    const places = grown.map(([x, y]) => (x * ax + y * ay) / 32);
    expect(Math.min(...places)).toBeCloseTo(Math.round(Math.min(...places)), 9);
    expect(Math.max(...places)).toBeCloseTo(Math.round(Math.max(...places)), 9);
    const sides = grown.map(([x, y]) => y * ax - x * ay);
    // No broader than the margin makes it: two pixels in each direction, at this angle.
    expect(Math.max(...sides) - Math.min(...sides)).toBeCloseTo(16 + 4 * (ax + ay), 9);
    expect(
      planRedactions([found('text', boundingBox(polygon), polygon)], image, NOTHING_KEPT).redactions,
    ).toHaveLength(1);
  });

  it('covers more around everything when the extent is wide, and kept regions still win', () => {
    const wide = { ...NOTHING_KEPT, extent: 'wide' as const };
    const boxOf = (kind: DetectionKind, box: Box, policy: RedactionPolicy = wide) =>
      planRedactions([found(kind, box)], { width: 400, height: 400 }, policy).redactions[0]?.box;
    const line = { x: 100, y: 100, width: 80, height: 20 };
    // From 92 to 188 in full steps of 32 pixels.
    expect(boxOf('text', line)).toEqual({ x: 64, y: 92, width: 128, height: 36 });
    expect(boxOf('tattoo', line)).toEqual({ x: 96, y: 96, width: 88, height: 28 });
    expect(boxOf('code', { x: 100, y: 100, width: 40, height: 40 })).toEqual({
      x: 92,
      y: 92,
      width: 56,
      height: 56,
    });
    expect(boxOf('text', { x: 100, y: 100, width: 9, height: 5 })).toEqual({
      x: 96,
      y: 96,
      width: 17,
      height: 13,
    });
    // For a line at an angle, the height is not that of its box.
    const diagonal: Polygon = [
      [100, 110],
      [110, 100],
      [210, 200],
      [200, 210],
    ];
    const [slanted] = planRedactions(
      [found('text', { x: 100, y: 100, width: 110, height: 110 }, diagonal)],
      { width: 400, height: 400 },
      wide,
    ).redactions;
    const across = slanted!.polygon.map(([x, y]) => (x - y) / Math.SQRT2);
    const height = Math.hypot(10, 10);
    // A margin of 0.4 heights in x and in y reaches √2 as far across a diagonal.
    expect(Math.max(...across) - Math.min(...across)).toBeCloseTo(height + 2 * 0.4 * height * Math.SQRT2, 6);
    const keep = { x: 180, y: 0, width: 100, height: 400 };
    expect(boxOf('text', line, { ...wide, keep: [keep] })).toEqual({ x: 64, y: 92, width: 116, height: 36 });
  });

  it('leaves a single feature of a face uncovered, unless the extent is wide and no kept region shows it', () => {
    const box = { x: 100, y: 100, width: 60, height: 40 };
    const mouth: Detection = { ...found('face', box), feature: 'mouth' };
    const plan = (policy: RedactionPolicy) => planRedactions([mouth], { width: 400, height: 400 }, policy);
    expect(plan(NOTHING_KEPT)).toEqual({ redactions: [], keptBack: [] });
    const wide = { ...NOTHING_KEPT, extent: 'wide' as const };
    expect(plan(wide).redactions.map(({ kinds, box: covered }) => [kinds, covered])).toEqual([
      [['face'], { x: 92, y: 92, width: 76, height: 56 }],
    ]);
    expect(plan({ ...wide, keep: [{ x: 80, y: 80, width: 100, height: 100 }] })).toEqual({
      redactions: [],
      keptBack: [],
    });
  });

  it('covers the whole head and the top of the neck when the extent is wide', () => {
    const box = { x: 150, y: 150, width: 80, height: 100 };
    const planned = (extent: 'usual' | 'wide') =>
      planRedactions([found('face', box)], { width: 400, height: 400 }, { ...NOTHING_KEPT, extent });
    const head = planned('wide').redactions[0]?.box as Box;
    // A 16-gon around an ellipse of 2 x 2.2 faces, 16 corners, its middle a tenth of the face above that of the face.
    const outside = 1 / Math.cos(Math.PI / 16);
    expect(head.x).toBeCloseTo(190 - 80 * outside, 6);
    expect(head.width).toBeCloseTo(160 * outside, 6);
    expect(head.y).toBeCloseTo(190 - 110 * outside, 6);
    expect(head.height).toBeCloseTo(220 * outside, 6);
    const image = { width: 400, height: 400 };
    const all = covered(planned('wide').redactions, image);
    expect([...covered(planned('usual').redactions, image)].every((pixel) => all.has(pixel))).toBe(true);
    // A kept region does not win over a face, however far it reaches; the plan says so.
    const keep = [{ x: 170, y: 280, width: 40, height: 100 }];
    expect(planRedactions([found('face', box)], image, { keep, allowFaceInKeep: false }).keptBack).toEqual(
      [],
    );
    const meets = planRedactions([found('face', box)], image, {
      keep,
      allowFaceInKeep: false,
      extent: 'wide',
    });
    expect(meets.keptBack).toMatchObject([{ kind: 'face', shown: false }]);
    expect(meets.redactions).toEqual(planned('wide').redactions);
  });

  it('leaves out text that may stay, and covers it where something else does', () => {
    const box = { x: 20, y: 30, width: 40, height: 10 };
    const ruler: Detection = { ...found('text', box), allowed: true };
    expect(planRedactions([ruler], IMAGE, NOTHING_KEPT)).toEqual({ redactions: [], keptBack: [] });
    const all = covered(planRedactions([ruler, found('tattoo', box)], IMAGE, NOTHING_KEPT).redactions);
    expect(pixelsOf(box).every((p) => all.has(p))).toBe(true);
  });

  it('grows a face to the head and holds the whole box of the face', () => {
    const box = { x: 80, y: 40, width: 30, height: 30 };
    const { redactions } = planRedactions([found('face', box)], IMAGE, NOTHING_KEPT);
    const all = covered(redactions);
    expect(pixelsOf(box).every((p) => all.has(p))).toBe(true);
    const head = redactions[0]?.box as Box;
    expect(head.width).toBeGreaterThanOrEqual(45);
    expect(head.height).toBeGreaterThanOrEqual(51);
    // More above than below.
    expect(box.y - head.y).toBeGreaterThan(head.y + head.height - (box.y + box.height));
  });

  it('clips to the image and drops what lies outside', () => {
    const { redactions } = planRedactions(
      [
        found('tattoo', { x: -50, y: -50, width: 80, height: 70 }),
        found('text', { x: 300, y: 0, width: 9, height: 9 }),
      ],
      IMAGE,
      NOTHING_KEPT,
    );
    expect(redactions).toHaveLength(1);
    expect(redactions[0]?.box).toEqual({ x: 0, y: 0, width: 33.5, height: 23.5 });
  });

  it('covers a detection without area', () => {
    const { redactions } = planRedactions(
      [found('text', { x: 50, y: 50, width: 0, height: 0 }, [[50, 50]])],
      IMAGE,
      NOTHING_KEPT,
    );
    expect(redactions[0]?.box).toEqual({ x: 48, y: 48, width: 4, height: 4 });
  });

  it('covers a whole pixel when less than a pixel remains', () => {
    // Reaches 0.3 px into the image once grown.
    const { redactions } = planRedactions(
      [found('text', { x: -10, y: 10, width: 8.3, height: 0.2 })],
      { width: 200, height: 9 },
      NOTHING_KEPT,
    );
    expect(redactions[0]?.polygon).toEqual(boxPolygon({ x: 0, y: 8, width: 1, height: 1 }));
  });

  it.each([
    ['a box that is not a number', found('face', { x: NaN, y: 0, width: 5, height: 5 })],
    ['a polygon without points', found('text', { x: 0, y: 0, width: 5, height: 5 }, [])],
  ])('refuses %s', (_name, detection) => {
    expect.assertions(1);
    try {
      planRedactions([detection], IMAGE, NOTHING_KEPT);
    } catch (error) {
      expect(error).toMatchObject({ code: 'detector-failed', stage: 'plan' });
    }
  });

  it('lets a kept region win over a tattoo: four pieces around it and not a pixel in it', () => {
    const tattoo = { x: 40, y: 20, width: 80, height: 60 };
    const keep = { x: 60.4, y: 40.2, width: 19.2, height: 19 };
    const plan = planRedactions([found('tattoo', tattoo)], IMAGE, { keep: [keep], allowFaceInKeep: false });
    expect(plan.redactions).toHaveLength(4);
    expect(plan.keptBack).toEqual([
      {
        kind: 'tattoo',
        shown: true,
        share: 400 / 4800,
        reason: { id: 'plan/shown-in-keep', values: { kind: 'tattoo' } },
      },
    ]);
    const all = covered(plan.redactions);
    const kept = new Set(pixelsOf({ x: 60, y: 40, width: 20, height: 20 }));
    expect([...kept].some((p) => all.has(p))).toBe(false);
    expect(pixelsOf(tattoo).every((p) => kept.has(p) || all.has(p))).toBe(true);
  });

  it('covers nothing of a detection that lies wholly in a kept region, and says so', () => {
    const plan = planRedactions([found('text', { x: 50, y: 50, width: 10, height: 10 })], IMAGE, {
      keep: [{ x: 40, y: 40, width: 40, height: 40 }],
      allowFaceInKeep: false,
    });
    expect(plan.redactions).toEqual([]);
    expect(plan.keptBack.map(({ kind, shown }) => [kind, shown])).toEqual([['text', true]]);
  });

  it('trims a margin without recording it', () => {
    const plan = planRedactions([found('text', { x: 50, y: 50, width: 10, height: 10 })], IMAGE, {
      keep: [{ x: 60, y: 40, width: 40, height: 40 }],
      allowFaceInKeep: false,
    });
    expect(plan.keptBack).toEqual([]);
    expect(plan.redactions[0]?.box).toEqual({ x: 48, y: 48, width: 12, height: 14 });
  });

  it('lets a face of which no feature is known win over a kept region, unless the policy says otherwise', () => {
    const face = found('face', { x: 80, y: 40, width: 30, height: 30 });
    const keep = [{ x: 90, y: 50, width: 10, height: 10 }];
    const faceWins = planRedactions([face], IMAGE, { keep, allowFaceInKeep: false });
    expect(faceWins.redactions).toHaveLength(1);
    expect(faceWins.keptBack.map(({ kind, shown }) => [kind, shown])).toEqual([['face', false]]);
    const keepWins = planRedactions([face], IMAGE, { keep, allowFaceInKeep: true });
    expect(keepWins.redactions).toHaveLength(4);
    expect(keepWins.keptBack.map(({ kind, shown }) => [kind, shown])).toEqual([['face', true]]);
    const all = covered(keepWins.redactions);
    expect(pixelsOf(keep[0] as Box).some((p) => all.has(p))).toBe(false);
  });

  it('merges what covers the same thing and unites the kinds', () => {
    const { redactions } = planRedactions(
      [
        found('text', { x: 20, y: 30, width: 40, height: 20 }),
        found('code', { x: 22, y: 30, width: 40, height: 20 }),
        found('text', { x: 25, y: 35, width: 5, height: 5 }),
        found('text', { x: 120, y: 30, width: 40, height: 20 }),
      ],
      IMAGE,
      NOTHING_KEPT,
    );
    expect(redactions.map(({ kinds, box }) => [kinds, box.x, box.width])).toEqual([
      [['text'], 96, 96],
      [['text', 'code'], 0, 64],
    ]);
  });

  it('does not merge neighbouring lines', () => {
    const lines = [0, 1, 2].map((i) => found('text', { x: 10, y: 10 + i * 18, width: 100, height: 12 }));
    expect(planRedactions(lines, IMAGE, NOTHING_KEPT).redactions).toHaveLength(3);
  });

  it('does not merge into a kept region', () => {
    const keep = { x: 60, y: 20, width: 20, height: 20 };
    const { redactions } = planRedactions(
      [
        found('tattoo', { x: 30, y: 20, width: 80, height: 60 }),
        found('tattoo', { x: 32, y: 22, width: 80, height: 60 }),
      ],
      IMAGE,
      { keep: [keep], allowFaceInKeep: false },
    );
    for (const { polygon } of redactions) expect(polygonArea(clipToBox(polygon, keep))).toBeLessThan(1e-6);
  });

  it('never covers less than the grown detections, for 2000 of them', () => {
    let seed = 1;
    const next = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const image = { width: 1000, height: 800 };
    const many = Array.from({ length: 2000 }, () => {
      const [x, y] = [next() * 1000, next() * 800];
      return found('text', { x, y, width: 5 + next() * 60, height: 5 + next() * 20 });
    });
    const { redactions } = planRedactions(many, image, NOTHING_KEPT);
    expect(redactions.length).toBeLessThan(2000);
    const all = covered(redactions, image);
    for (const { polygon } of many) {
      const inside = rasterise(clipToBox(polygon, { x: 0, y: 0, ...image }), image);
      inside.data.forEach((v, i) => {
        const at =
          (inside.top + Math.floor(i / inside.width)) * image.width + inside.left + (i % inside.width);
        if (v === 255 && !all.has(at)) throw new Error('A pixel of a detection is not covered');
      });
    }
  });

  it('covers no less when the extent is wide', () => {
    let seed = 1;
    const next = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
    for (const kind of DETECTION_KINDS) {
      for (let i = 0; i < 200; i++) {
        const points = Array.from({ length: 6 }, (): Point => [next() * 300, next() * 60]);
        const hull = convexHull(points);
        const detection = found(kind, boundingBox(hull), hull);
        // Tolerance for the rounding of slanted corners.
        const wide = growPolygon(growDetection(detection, 'wide'), 1e-6);
        for (const corner of growDetection(detection, 'usual')) expect(isInside(wide, corner)).toBe(true);
      }
    }
  });
});
