import type { Box } from '../../core/geometry.js';
import { clipToBox } from '../../imaging/convex.js';
import type { ExaminedImage } from '../../pipeline/index.js';
import { openFeatures } from '../../risk/index.js';

/**
 * Single features of a face that are published uncovered, in pixels of the photo.
 * @param crop the part that is published, unless it is all
 */
export function featuresLeftOpen(
  { detections: [detections = []], redactions: [redactions = []] }: ExaminedImage,
  crop: Box | undefined,
): ReturnType<typeof openFeatures> {
  return openFeatures(
    detections.filter(({ polygon }) => crop === undefined || clipToBox(polygon, crop).length >= 3),
    redactions,
  );
}
