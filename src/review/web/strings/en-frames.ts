import type { Strip } from '../../api.js';

type OfStrip = Pick<Strip, 'frames' | 'perSheet' | 'isAnimated'>;

/** The frames or pages of a sheet, such as "3" or "21–40". */
export function numbersOf({ frames, perSheet }: OfStrip, sheet: number): string {
  const first = sheet * perSheet + 1;
  const last = Math.min(frames, first + perSheet - 1);
  return first === last ? String(first) : `${first}–${last}`;
}

/** What the page says of several frames or pages. */
export const enFrames = {
  name: ({ frames, isAnimated }: OfStrip) => `${frames} ${isAnimated ? 'frames' : 'pages'}`,
  numbers: numbersOf,
  nameOf: (strip: OfStrip, sheet: number) =>
    `${strip.isAnimated ? 'Frame' : 'Page'}${strip.perSheet > 1 ? 's' : ''} ${numbersOf(strip, sheet)} of ${strip.frames}`,
  wasLooked: (name: string) => `${name}, looked at`,
  looked: (looked: number, all: number, { perSheet, frames, isAnimated }: OfStrip) =>
    perSheet > 1
      ? `${looked} of ${all} pictures looked at, with ${frames} frames`
      : `${looked} of ${all} ${isAnimated ? 'frames' : 'pages'} looked at`,
  next: (strip: OfStrip, sheet: number) =>
    `Next: ${strip.isAnimated ? 'frame' : 'page'}${strip.perSheet > 1 ? 's' : ''} ${numbersOf(strip, sheet)}`,
  alt: (name: string) => `${name}, as it will be shared`,
  lookAll: ({ frames, isAnimated }: OfStrip) =>
    `The photo has ${frames} ${isAnimated ? 'frames' : 'pages'}. Look at all of them.`,
  notAll: (name: string) => `${name}: look at all of its frames or pages first.`,
};
