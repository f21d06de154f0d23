import type { RedactionStyle } from '../../contract.js';
import { paintInside } from '../../paint.js';

/** Mid grey: the least glaring next to any skin. */
const GREY = 128;

export const solid: RedactionStyle = {
  id: 'solid',
  description: 'one grey area; keeps nothing of what it covers',
  apply(image, _kinds, mask) {
    paintInside(image, mask, (_x, _y, rgb) => rgb.fill(GREY));
  },
};
