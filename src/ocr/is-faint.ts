import type { Strip } from './strip.js';

/** Between what is compared, in pixels of a strip: a stroke is about as broad. */
const APART = 4;
/**
 * In levels of a channel. Of 318 lines that could be read the faintest had 13; of 804 redacted ones two thirds have less
 * than this (docs/PERFORMANCE.md).
 */
const FAINT = 8;

/** Whether nothing in a strip stands out from what is beside it, as in a redaction: the reader cannot read that. */
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

/** From a slope nothing does. */
function standsOut(twice: number, before: number, behind: number): boolean {
  return Math.abs(twice - before - behind) >= 2 * FAINT;
}
