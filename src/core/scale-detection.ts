import type { Detection, FaceAnatomy } from './detection.js';
import type { Box, Point } from './geometry.js';

/** Converts a detection from pixels of a copy to pixels of an image `kx` times as wide and `ky` times as high. */
export function scaleDetection(detection: Detection, kx: number, ky: number): Detection {
  const scaled: Scaling = {
    box: ({ x, y, width, height }) => ({ x: x * kx, y: y * ky, width: width * kx, height: height * ky }),
    point: ([x, y]) => [x * kx, y * ky],
  };
  const { box, polygon, anatomy } = detection;
  return {
    ...detection,
    box: scaled.box(box),
    polygon: polygon.map(scaled.point),
    ...(anatomy && { anatomy: scaleAnatomy(anatomy, scaled) }),
  };
}

interface Scaling {
  readonly box: (box: Box) => Box;
  readonly point: (point: Point) => Point;
}

function scaleAnatomy(anatomy: FaceAnatomy, { box, point }: Scaling): FaceAnatomy {
  const { features, skin } = anatomy;
  return {
    ...anatomy,
    features: features.map((seen) => ({ ...seen, box: box(seen.box) })),
    ...(skin && { skin: { centre: point(skin.centre), corners: skin.corners.map(point) } }),
  };
}
