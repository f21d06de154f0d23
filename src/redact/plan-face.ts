import type { Detection, FaceFeature, SkinArea } from '../core/detection.js';
import type { PlanFinding } from '../core/findings.js';
import { boundingBox, boxPolygon, type Box, type Point, type Polygon } from '../core/geometry.js';
import { areaInBox, clipToBox, isInside, polygonArea } from '../imaging/convex.js';
import { gridPoints } from '../imaging/grid-points.js';
import { headPolygon } from '../imaging/head.js';
import type { RedactionPolicy } from './contract.js';
import { growDetection, WHOLE_HEAD } from './grow.js';
import { ringAround } from './skin-ring.js';

/** How one thing is covered. */
export interface CoverPlan {
  /** Covered wherever no kept region is. */
  readonly around: readonly Polygon[];
  /** Covered even in kept regions. */
  readonly always: readonly Polygon[];
  /** What there is to tell of it; empty for what is simply covered. */
  readonly told: readonly PlanFinding[];
}

/**
 * Plans the cover of a face: the whole head, or all of it but skin. Skin is left only where every feature that ought to
 * be seen was seen with confidence, and kept regions are honoured only where at least one was: otherwise one might show.
 * @param keep in whole pixels
 */
export function planFace(
  face: Detection,
  { faces, extent = 'usual' }: RedactionPolicy,
  keep: readonly Box[],
): CoverPlan {
  const { anatomy } = face;
  const wantsSkin = faces === 'features';
  // Who asks for features to be covered gets no less where they cannot be told apart.
  const whole = growDetection(face, wantsSkin ? 'wide' : extent);
  const features = (anatomy?.features ?? []).map(({ feature, box }): FeatureCover => ({
    feature,
    polygon: growDetection({ ...face, feature, box, polygon: boxPolygon(box) }, 'usual'),
  }));
  const always = features.map(({ polygon }) => polygon);
  if (!anatomy?.features.some(({ isSure }) => isSure)) {
    const told = [...(wantsSkin ? [coveredWhole([])] : []), ...inKeepCovered(whole, keep)];
    return { around: [], always: [whole, ...(wantsSkin ? always : [])], told };
  }
  const box = boundingBox([...boxPolygon(face.box), ...face.polygon]);
  const skin = wantsSkin && anatomy.missing.length === 0 ? anatomy.skin : undefined;
  const isLeft = skin !== undefined && showsSkin(skin, box, always);
  const showsInKeep = keep.some((kept) => {
    const shown = clipToBox(boxPolygon(kept), box);
    const isFeature = always.some((cover) => shown.every((corner) => isInside(cover, corner)));
    return polygonArea(shown) > 0 && !isFeature;
  });
  return {
    around: isLeft ? ringAround(skin, headPolygon(box, WHOLE_HEAD)) : [whole],
    always,
    told: [
      ...(isLeft ? [{ id: 'plan/skin-left', values: {} } as const] : []),
      ...(wantsSkin && !isLeft ? [coveredWhole(anatomy.missing)] : []),
      ...(showsInKeep ? [{ id: 'plan/skin-in-keep', values: {} } as const] : []),
      ...inKeep(features, keep),
    ],
  };
}

/** Points looked at along each side of a face. */
const SAMPLES = 24;
/** Less skin than this share of a face's box is not worth leaving. */
const LEAST_SKIN = 0.02;

/** Whether some of the skin is left around the covers of features. */
function showsSkin({ centre, corners }: SkinArea, box: Box, covers: readonly Polygon[]): boolean {
  const parts = corners.map((corner, i) => [centre, corner, corners[(i + 1) % corners.length] as Point]);
  const shown = gridPoints(box, SAMPLES).filter((point) => {
    const isSkin = parts.some((part) => polygonArea(part) > 0 && isInside(part, point));
    return isSkin && !covers.some((cover) => isInside(cover, point));
  });
  return shown.length >= LEAST_SKIN * SAMPLES ** 2;
}

interface FeatureCover {
  readonly feature: FaceFeature;
  readonly polygon: Polygon;
}

function coveredWhole(missing: readonly FaceFeature[]): PlanFinding {
  return { id: 'plan/covered-whole', values: { missing } };
}

function inKeepCovered(head: Polygon, keep: readonly Box[]): PlanFinding[] {
  const meetsKeep = keep.some((kept) => areaInBox(head, kept) > 0);
  return meetsKeep ? [{ id: 'plan/covered-in-keep', values: { kind: 'face' } }] : [];
}

function inKeep(features: readonly FeatureCover[], keep: readonly Box[]): PlanFinding[] {
  const cut = features.filter(({ polygon }) => keep.some((kept) => areaInBox(polygon, kept) > 0));
  if (cut.length === 0) return [];
  return [
    { id: 'plan/features-in-keep', values: { features: [...new Set(cut.map(({ feature }) => feature))] } },
  ];
}
