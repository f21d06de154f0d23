import type { Polygon } from '../../../core/geometry.js';
import type { PixelImage } from '../../../core/image.js';
import { lumaOf } from '../../../imaging/luma.js';
import { interiorSpans } from './interior.js';

/** Side of the blocks in which correlation is measured, in residuals. */
const BLOCK = 8;
/** A block with fewer residuals than this says nothing. */
const FEWEST = 12;
/** Variance of the source's residual from which a block counts as detailed; rounding to 8 bits alone gives 0.1. */
const DETAIL = 2;
/** Variance of the output's residual below which it is constant or rounding of a constant slope. */
const NOTHING = 0.02;

/** How much of the source's fine detail shows through in the output, over the blocks that have such detail. */
export interface DetailLeft {
  /** Blocks with detail in the source; 0 means that nothing could show through. */
  readonly blocks: number;
  /** Mean correlation of the residuals, −1 to 1; 0 when there are no blocks. */
  readonly correlation: number;
  /** What `correlation` would have to exceed to be more than chance. */
  readonly limit: number;
}

/**
 * Correlates the detail of source and output under a polygon, at one scale. A residual is the mean luma of a square of
 * `scale` pixels less that of its four neighbours: a redaction to a few cells cannot contain it; an untouched or merely
 * blurred region does. The mean over blocks of Pearson's r is compared with 0.1 + 3 / √(n / 4), n being the number of
 * residuals compared: neighbouring ones depend on each other, so a quarter counts as independent. The limit is at most
 * 0.8.
 * @param scale odd, in pixels; also the distance between residuals
 */
export function detailLeft(
  source: PixelImage,
  output: PixelImage,
  polygon: Polygon,
  scale: number,
): DetailLeft {
  const blocks = new Map<number, BlockSums>();
  const reach = scale + (scale - 1) / 2;
  const side = BLOCK * scale;
  for (const { y, first, last } of interiorSpans(polygon, source.width, source.height, reach)) {
    if (y % scale !== 0) continue;
    for (let x = Math.ceil(first / scale) * scale; x < last; x += scale) {
      const key = Math.floor(y / side) * source.width + Math.floor(x / side);
      let sums = blocks.get(key);
      if (!sums) blocks.set(key, (sums = new BlockSums()));
      sums.add(residual(source, x, y, scale), residual(output, x, y, scale));
    }
  }
  const detailed = [...blocks.values()].filter(
    (block) => block.n >= FEWEST && block.sourceVariance >= DETAIL,
  );
  const compared = detailed.reduce((sum, { n }) => sum + n, 0);
  // Coarse residuals are smooth: when there are few of them, they agree by chance more often.
  if (compared < FEWEST * scale) return { blocks: 0, correlation: 0, limit: 1 };
  const correlation = detailed.reduce((sum, block) => sum + block.correlation, 0) / detailed.length;
  return {
    blocks: detailed.length,
    correlation,
    limit: Math.min(0.8, 0.1 + 3 / Math.sqrt(compared / 4)),
  };
}

class BlockSums {
  n = 0;
  private a = 0;
  private b = 0;
  private aa = 0;
  private bb = 0;
  private ab = 0;

  add(a: number, b: number): void {
    this.n++;
    this.a += a;
    this.b += b;
    this.aa += a * a;
    this.bb += b * b;
    this.ab += a * b;
  }

  get sourceVariance(): number {
    return this.aa / this.n - (this.a / this.n) ** 2;
  }

  get correlation(): number {
    const outputVariance = this.bb / this.n - (this.b / this.n) ** 2;
    if (outputVariance < NOTHING) return 0;
    const covariance = this.ab / this.n - (this.a / this.n) * (this.b / this.n);
    return covariance / Math.sqrt(this.sourceVariance * outputVariance);
  }
}

function residual(image: PixelImage, x: number, y: number, scale: number): number {
  const around =
    meanLuma(image, x - scale, y, scale) +
    meanLuma(image, x + scale, y, scale) +
    meanLuma(image, x, y - scale, scale) +
    meanLuma(image, x, y + scale, scale);
  return meanLuma(image, x, y, scale) - around / 4;
}

/** Mean over the square of `scale` pixels around a pixel. */
function meanLuma(image: PixelImage, x: number, y: number, scale: number): number {
  const half = (scale - 1) / 2;
  let sum = 0;
  for (let v = y - half; v <= y + half; v++)
    for (let u = x - half; u <= x + half; u++) sum += lumaOf(image, v * image.width + u);
  return sum / scale ** 2;
}
