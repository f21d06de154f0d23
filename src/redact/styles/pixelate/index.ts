import { cellIndex, reduceToCells } from '../../colour-cells.js';
import type { RedactionStyle } from '../../contract.js';
import { paintInside } from '../../paint.js';

export const pixelate: RedactionStyle = {
  id: 'pixelate',
  description: 'a few squares of roughly the right colour (2 × 2 of a face)',
  apply(image, kinds, mask, random) {
    const { columns, rows, colours } = reduceToCells(image, kinds, mask, random);
    paintInside(image, mask, (x, y, rgb) => {
      const cell = cellIndex(y, mask.height, rows) * columns + cellIndex(x, mask.width, columns);
      for (let c = 0; c < 3; c++) rgb[c] = colours[cell * 3 + c] as number;
    });
  },
};
