import { z } from 'zod';
import { DETECTION_KINDS, FACE_FEATURES, TEXT_CLASSES, type Detection } from '../../dist/core/detection.js';

const BOX = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const POLYGON = z.array(z.tuple([z.number(), z.number()]));
const DETECTION = z.object({
  kind: z.enum(DETECTION_KINDS),
  feature: z.enum(FACE_FEATURES).optional(),
  box: BOX,
  polygon: POLYGON,
  score: z.number(),
  detector: z.string(),
  textClass: z.enum(TEXT_CLASSES).optional(),
  allowed: z.literal(true).optional(),
});
const SEEN = z.object({
  file: z.string(),
  detections: z.array(DETECTION),
  redactions: z.array(z.object({ kinds: z.array(z.enum(DETECTION_KINDS)), box: BOX, polygon: POLYGON })),
  timings: z.looseObject({ detect: z.number() }),
});
/** A whole line of `image-deid inspect --json`; undefined when the photo was refused. */
export const INSPECTED = z.union([
  z.looseObject({ error: z.looseObject({}) }).transform(() => undefined),
  SEEN,
]);
export type Inspected = z.infer<typeof SEEN>;

/** Leaves out properties whose value is undefined. */
export function asDetection({
  feature,
  textClass,
  allowed,
  ...rest
}: Inspected['detections'][number]): Detection {
  return {
    ...rest,
    ...(feature && { feature }),
    ...(textClass && { textClass }),
    ...(allowed && { allowed }),
  };
}
