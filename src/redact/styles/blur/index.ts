import { reduceToCells } from '../../colour-cells.js';
import type { RedactionStyle } from '../../contract.js';
import { paintInside } from '../../paint.js';

/** Width of the Gaussian that blends neighbouring cells, in cells: wide enough that no cell's edge shows. */
const SIGMA = 0.6;

/**
 * Looks like a strong blur but is not one: the covered pixels are first replaced by a few rounded, noisy colours, which
 * are then blended smoothly. A true blur can be undone (Hill et al. 2016, doi 10.1515/popets-2016-0047).
 */
export const blur: RedactionStyle = {
  id: 'blur',
  description: 'soft colours made from a few rough ones (2 × 2 of a face); cannot be undone',
  apply(image, kinds, mask, random) {
    const { columns, rows, colours } = reduceToCells(image, kinds, mask, random);
    const across = axisWeights(mask.width, columns);
    const down = axisWeights(mask.height, rows);
    const line = new Float64Array(columns * 3);
    let lineOf = -1;
    paintInside(image, mask, (x, y, rgb) => {
      // The cells' colours mixed for this row are the same for all of its pixels.
      if (lineOf !== y) {
        lineOf = y;
        line.fill(0);
        for (let row = 0; row < rows; row++) {
          const weight = down[y * rows + row] as number;
          for (let i = 0; i < line.length; i++)
            line[i] = (line[i] as number) + weight * (colours[row * line.length + i] as number);
        }
      }
      rgb.fill(0);
      for (let column = 0; column < columns; column++) {
        const weight = across[x * columns + column] as number;
        for (let c = 0; c < 3; c++) rgb[c] = (rgb[c] as number) + weight * (line[column * 3 + c] as number);
      }
    });
  },
};

/** The weight of each cell at each position, position by position; the weights at a position sum to 1. */
function axisWeights(size: number, cells: number): Float64Array {
  const weights = new Float64Array(size * cells);
  for (let position = 0; position < size; position++) {
    const at = ((position + 0.5) * cells) / size - 0.5;
    let sum = 0;
    for (let cell = 0; cell < cells; cell++) {
      const weight = Math.exp(-((at - cell) ** 2) / (2 * SIGMA ** 2));
      weights[position * cells + cell] = weight;
      sum += weight;
    }
    for (let cell = 0; cell < cells; cell++) {
      weights[position * cells + cell] = (weights[position * cells + cell] as number) / sum;
    }
  }
  return weights;
}
