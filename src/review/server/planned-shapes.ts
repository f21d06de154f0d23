import type { FaceFeature } from '../../core/detection.js';
import { boxPolygon, type Box, type Polygon } from '../../core/geometry.js';
import type { ExaminedImage } from '../../pipeline/index.js';
import { planRedactions } from '../../redact/index.js';
import type { Edit, Shape } from '../api.js';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the tool would cover, as outlines for the page. */
export function plannedShapes(
  { detections: [detections = []] }: ExaminedImage,
  { keep, extent }: Edit,
  size: Size,
): Shape[] {
  const { redactions } = planRedactions(detections, size, { keep, extent, allowFaceInKeep: false });
  return redactions.map(({ kinds, polygon }, i) => ({
    id: `auto-${i}`,
    kinds: [...kinds],
    polygon: asCorners(polygon),
  }));
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
