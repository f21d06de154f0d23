import type { Detection } from './detection.js';

/** Converts a detection from pixels of a copy to pixels of an image `kx` times as wide and `ky` times as high. */
export function scaleDetection(detection: Detection, kx: number, ky: number): Detection {
  const { box, polygon } = detection;
  return {
    ...detection,
    box: { x: box.x * kx, y: box.y * ky, width: box.width * kx, height: box.height * ky },
    polygon: polygon.map(([x, y]) => [x * kx, y * ky] as const),
  };
}
