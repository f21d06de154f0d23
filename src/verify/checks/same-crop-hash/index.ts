import type { PixelImage } from '../../../core/image.js';
import { visibleVersions } from '../../../imaging/visible-versions.js';
import type { Check } from '../../contract.js';
import { notDecoded } from '../../not-decoded.js';
import { SAME_CROP_HASH } from './declaration.js';
import { HASH_BITS, hammingDistance, perceptualHash } from './perceptual-hash.js';

const { id: ID } = SAME_CROP_HASH;
/** Most bits in which two hashes of one picture differ; docs/attacks.md measures how often others do too. */
const SAME_PICTURE = 10;

/**
 * Whether a search by perceptual hash leads from the written file to the photo it was made from. Anybody who has that
 * photo, or finds it posted elsewhere, can connect the two; a photo that shows the lesion at the same crop cannot avoid
 * it. `found` says that the photo can be linked, not that an identifier is left.
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
      const details = { id: 'same-crop-hash/no-frame', values: {} };
      return { check: ID, status: 'could-not-tell', details };
    }
    const isSame = least <= SAME_PICTURE;
    const values = { bits: least, of: HASH_BITS };
    return isSame
      ? { check: ID, status: 'found', details: { id: 'same-crop-hash/same', values } }
      : { check: ID, status: 'not-found', details: { id: 'same-crop-hash/different', values } };
  },
};

/** Between the most similar versions of the two: a viewer may ignore transparency. */
async function distance(a: PixelImage, b: PixelImage): Promise<number> {
  const hashes = (image: PixelImage) => Promise.all(visibleVersions(image).map(perceptualHash));
  const [before, after] = [await hashes(a), await hashes(b)];
  return Math.min(...before.flatMap((hash) => after.map((other) => hammingDistance(hash, other))));
}
