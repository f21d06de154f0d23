import type { Box } from '../core/geometry.js';

/** A part of an image and the size at which a network looks at it. */
export interface View {
  /** Whole pixels of the image. */
  readonly region: Box;
  /** Pixels of the network's input, multiples of `VIEW_STEP`. */
  readonly width: number;
  readonly height: number;
}

/** PaddleOCR's detection network, and ours that grew from it, halve their input five times. */
export const VIEW_STEP = 32;

/** Side of the input for a length in pixels of the image. @param scale input ÷ image pixels */
export function inputSide(length: number, scale: number): number {
  return Math.max(VIEW_STEP, Math.round((length * scale) / VIEW_STEP) * VIEW_STEP);
}

/** The whole image. @param scale input ÷ image pixels */
export function wholeView(width: number, height: number, scale: number): View {
  const region = { x: 0, y: 0, width, height };
  return { region, width: inputSide(width, scale), height: inputSide(height, scale) };
}
