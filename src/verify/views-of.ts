import type { PixelImage } from '../core/image.js';
import { faintnessOf, stretchedVersions } from '../imaging/faint.js';
import type { VerifySubject } from './contract.js';

/**
 * How a frame of the written file is attacked: as it is, and if it was made from something faint, foggy or dark, once
 * more with its contrast stretched. The source is judged, because covers are even and blurred.
 */
export function viewsOf({ output, source }: VerifySubject, frame: number): PixelImage[] {
  const [written, before] = [output, source].map((image) => image?.frames[frame]?.pixels);
  if (!written) return [];
  return before && faintnessOf(before).isFaint ? [written, ...stretchedVersions(written)] : [written];
}
