import type { Detection, FaceFeature } from '../core/detection.js';
import type { PlanFinding } from '../core/findings.js';
import { boundingBox, boxPolygon, type Box, type Polygon } from '../core/geometry.js';
import { areaInBox, clipToBox, isInside, polygonArea } from '../imaging/convex.js';
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
  const whole = growDetection(face, extent);
  const { anatomy } = face;
  const wantsSkin = faces === 'features';
  if (!anatomy?.features.some(({ isSure }) => isSure))
    return { around: [], always: [whole], told: coveredWhole(wantsSkin, [], whole, keep) };
  const features = anatomy.features.map(({ feature, box }): FeatureCover => ({
    feature,
    polygon: growDetection({ ...face, feature, box, polygon: boxPolygon(box) }, 'usual'),
  }));
  const skin = wantsSkin && anatomy.missing.length === 0 ? anatomy.skin : undefined;
  const box = boundingBox([...boxPolygon(face.box), ...face.polygon]);
  const showsSkin = keep.some((kept) => {
    const shown = clipToBox(boxPolygon(kept), box);
    const isFeature = features.some(({ polygon }) => shown.every((corner) => isInside(polygon, corner)));
    return polygonArea(shown) > 0 && !isFeature;
  });
  return {
    around: skin ? ringAround(skin, headPolygon(box, WHOLE_HEAD)) : [whole],
    always: features.map(({ polygon }) => polygon),
    told: [
      ...(wantsSkin && !skin ? coveredWhole(true, anatomy.missing, whole, []) : []),
      ...(skin || showsSkin ? [{ id: 'plan/skin-left', values: {} } as const] : []),
      ...inKeep(features, keep),
    ],
  };
}

interface FeatureCover {
  readonly feature: FaceFeature;
  readonly polygon: Polygon;
}

function coveredWhole(
  wantsSkin: boolean,
  missing: readonly FaceFeature[],
  head: Polygon,
  keep: readonly Box[],
): PlanFinding[] {
  const meetsKeep = keep.some((kept) => areaInBox(head, kept) > 0);
  return [
    ...(wantsSkin ? [{ id: 'plan/covered-whole', values: { missing } } as const] : []),
    ...(meetsKeep ? [{ id: 'plan/covered-in-keep', values: { kind: 'face' } } as const] : []),
  ];
}

function inKeep(features: readonly FeatureCover[], keep: readonly Box[]): PlanFinding[] {
  const cut = features.filter(({ polygon }) => keep.some((kept) => areaInBox(polygon, kept) > 0));
  if (cut.length === 0) return [];
  return [
    { id: 'plan/features-in-keep', values: { features: [...new Set(cut.map(({ feature }) => feature))] } },
  ];
}
