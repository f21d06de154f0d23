import type { Strip } from './strip.js';

/** How far apart compared pixels are, in pixels of a strip: about the width of a stroke. */
const APART = 4;
/**
 * In levels of a channel. The faintest of 318 lines that could be read had 13; two thirds of 804 redacted ones have
 * less than this (docs/PERFORMANCE.md).
 */
const FAINT = 8;

/** Whether nothing in a strip stands out from its surroundings, as in a redaction: the reader cannot read this. */
export function isFaint({ width, height, data }: Strip): boolean {
  const row = width * 3;
  const [across, down] = [APART * 3, APART * row];
  for (let y = 0; y < height; y++) {
    const hasRows = y >= APART && y < height - APART;
    for (let at = y * row, x = 0; x < row; at++, x++) {
      const twice = 2 * (data[at] as number);
      const hasColumns = x >= across && x < row - across;
      if (hasColumns && standsOut(twice, data[at - across] as number, data[at + across] as number))
        return false;
      if (hasRows && standsOut(twice, data[at - down] as number, data[at + down] as number)) return false;
    }
  }
  return true;
}

/** Compares a pixel with the mean of the pixels before and behind it, so that nothing stands out on an even slope. */
function standsOut(twice: number, before: number, behind: number): boolean {
  return Math.abs(twice - before - behind) >= 2 * FAINT;
}
