import type { FaceFeature } from '../../core/detection.js';
import type { PlanFinding } from '../../core/findings.js';
import { boxPolygon, type Box, type Polygon } from '../../core/geometry.js';
import type { ExaminedImage } from '../../pipeline/index.js';
import { planRedactions } from '../../redact/index.js';
import type { Edit, Shape } from '../api.js';

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the tool would cover, as outlines for the page. */
export interface PlannedShapes {
  readonly shapes: Shape[];
  /** Why something is covered otherwise than was asked for; each once. */
  readonly told: readonly PlanFinding[];
}

/** Plans what is covered with these settings. */
export function plannedShapes(
  { detections: [detections = []] }: Pick<ExaminedImage, 'detections'>,
  { keep, extent, faces }: Pick<Edit, 'keep' | 'extent' | 'faces'>,
  size: Size,
): PlannedShapes {
  const policy = { keep, extent, faces, allowFaceInKeep: false };
  const { redactions, keptBack } = planRedactions(detections, size, policy);
  const told = keptBack
    .filter(({ shown, reason: { id } }) => !shown && id !== 'plan/skin-left' && id !== 'plan/skin-in-keep')
    .map(({ reason }) => [JSON.stringify(reason), reason] as const);
  return {
    shapes: redactions.map(({ kinds, polygon, group }, i) => ({
      id: `auto-${i}`,
      kinds: [...kinds],
      polygon: asCorners(polygon),
      ...(group !== undefined && { group }),
    })),
    told: [...new Map(told).values()],
  };
}

/** Whether a person has left all the outlines that the tool planned unchanged. */
export function isUntouched(shapes: readonly Shape[]): boolean {
  return shapes.every(({ id }) => id.startsWith('auto-'));
}

/** The shape that covers a single feature, as the wide extent would. */
export function coverOfFeature(feature: FaceFeature, box: Box, size: Size): Shape['polygon'] {
  const seen = { kind: 'face', feature, box, polygon: boxPolygon(box), score: 1, detector: 'face' } as const;
  const { redactions } = planRedactions([seen], size, { keep: [], allowFaceInKeep: false, extent: 'wide' });
  return redactions.flatMap(({ polygon }) => asCorners(polygon));
}

function asCorners(polygon: Polygon): Shape['polygon'] {
  return polygon.map(([x, y]): [number, number] => [x, y]);
}
