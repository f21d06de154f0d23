import type { Box } from '../core/geometry.js';

/** A part of an image and the size at which a network looks at it. */
export interface Viewport {
  /** Whole pixels of the image. */
  readonly part: Box;
  /** Pixels of the network's input, multiples of `VIEWPORT_STEP`. */
  readonly width: number;
  readonly height: number;
}

/** PaddleOCR's detection network and ours, which grew from it, halve their input five times. */
export const VIEWPORT_STEP = 32;

/** Side of the input for a length in pixels of the image. @param scale input ÷ image pixels */
export function inputSide(length: number, scale: number): number {
  return Math.max(VIEWPORT_STEP, Math.round((length * scale) / VIEWPORT_STEP) * VIEWPORT_STEP);
}

/** The whole image. @param scale input ÷ image pixels */
export function wholeViewport(width: number, height: number, scale: number): Viewport {
  const part = { x: 0, y: 0, width, height };
  return { part, width: inputSide(width, scale), height: inputSide(height, scale) };
}
