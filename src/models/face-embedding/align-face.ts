import type { Box, Point } from '../../core/geometry.js';
import type { FaceLandmarks } from './face-landmarks.js';
import type { Square } from './sample-square.js';

/** Side of the crop and how far its middle lies below the eyes, in units of the face: best for telling people apart. */
const [SIDE, BELOW_EYES] = [2.8, 0.5];
/** In a face seen from the front: distance between the eyes ÷ distance from the eyes to the mouth. */
const EYES_TO_MOUTH = 0.95;
/** Side of the square ÷ longer side of the face's box, above which it shows something else than that face. */
const LARGEST = 2;

/**
 * The square that shows the same part of every face, upright: the line between the eyes sets its angle. The distance
 * between the eyes sets its size or, when a face looks aside, the distance from the eyes to the mouth.
 */
export function alignFace({ leftEye, rightEye, mouth }: FaceLandmarks): Square {
  const eyes: Point = [(leftEye[0] + rightEye[0]) / 2, (leftEye[1] + rightEye[1]) / 2];
  const angle = Math.atan2(rightEye[1] - leftEye[1], rightEye[0] - leftEye[0]);
  const unit = Math.max(distance(leftEye, rightEye), EYES_TO_MOUTH * distance(eyes, mouth));
  const down = BELOW_EYES * unit;
  return {
    centre: [eyes[0] - Math.sin(angle) * down, eyes[1] + Math.cos(angle) * down],
    side: SIDE * unit,
    angle,
  };
}

/** Whether a square shows the face in a box, and not what is seen beside it. */
export function isOfFace({ centre: [cx, cy], side }: Square, { x, y, width, height }: Box): boolean {
  const isInside = cx >= x && cx <= x + width && cy >= y && cy <= y + height;
  return isInside && side <= LARGEST * Math.max(width, height);
}

function distance([x0, y0]: Point, [x1, y1]: Point): number {
  return Math.hypot(x1 - x0, y1 - y0);
}
