import type { PixelImage } from '../../../core/image.js';
import { visibleVersions } from '../../../imaging/visible-versions.js';
import type { Check } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';
import { HASH_BITS, hammingDistance, perceptualHash } from './perceptual-hash.js';

const ID = 'same-crop-hash';
/** Bits in which two hashes of one picture differ at most; how often others do too is measured in docs/attacks.md. */
const SAME_PICTURE = 10;

/**
 * Whether a search by perceptual hash leads from the written file to the photo it was made from. Whoever has that photo, or
 * finds it posted elsewhere, can connect the two; a photo that still shows the lesion at the same crop cannot avoid it.
 * `found` is a fact about linkability, no identifier left over.
 */
export const sameCropHash: Check = {
  id: ID,
  async run(subject) {
    const { original, output } = subject;
    if (!output) return notDecoded(ID, subject);
    let least = Infinity;
    for (const [i, { pixels }] of output.frames.entries()) {
      const before = original.frames[i]?.pixels;
      if (before) least = Math.min(least, await distance(before, pixels));
    }
    if (least === Infinity) {
      return { check: ID, status: 'could-not-tell', details: 'There is no frame to compare with' };
    }
    const isSame = least <= SAME_PICTURE;
    const details = isSame
      ? `Whoever has the original finds this copy by its perceptual hash (${least} of ${HASH_BITS} bits differ)`
      : `Its perceptual hash is not that of the original (${least} of ${HASH_BITS} bits differ)`;
    return { check: ID, status: isSame ? 'found' : 'not-found', details };
  },
};

/** Between the versions that are alike most: a viewer may ignore transparency. */
async function distance(a: PixelImage, b: PixelImage): Promise<number> {
  const hashes = (image: PixelImage) => Promise.all(visibleVersions(image).map(perceptualHash));
  const [before, after] = [await hashes(a), await hashes(b)];
  return Math.min(...before.flatMap((hash) => after.map((other) => hammingDistance(hash, other))));
}
