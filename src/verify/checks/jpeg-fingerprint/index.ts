import type { FindingOf } from '../../../core/finding.js';
import type { Check, CheckStatus } from '../../contract.js';
import { JPEG_FINGERPRINT } from './declaration.js';
import { encoderSettings } from './encoder-settings.js';

const { id: ID } = JPEG_FINGERPRINT;
/** Side, in pixels, of the grey picture that shows how the encoder writes: one block of a JPEG. */
const REFERENCE_SIDE = 8;

/**
 * The encoder's settings must be the same as for any other photo: quantisation tables, subsampling and the order of
 * segments tell cameras and editors apart (Farid 2006, "Digital image ballistics from JPEG quantization"; Kee, Johnson
 * and Farid 2011). The written file is compared with a plain grey picture written the same way. For formats whose
 * containers carry no such settings there is nothing to compare.
 * Not its job: what earlier compression left in the pixels, and Huffman tables, which follow from the pixels.
 */
export const jpegFingerprint: Check = {
  id: ID,
  async run({ staged, format, limits, source, output }) {
    const answer = (status: CheckStatus, details: FindingOf<typeof JPEG_FINGERPRINT.findings>) => ({
      check: ID,
      status,
      details,
    });
    const written = encoderSettings(staged, format);
    if (!written) return answer('not-found', { id: 'jpeg-fingerprint/no-settings', values: {} });
    if (written.size === 0 || !format.encode) {
      return answer('could-not-tell', { id: 'jpeg-fingerprint/unreadable', values: {} });
    }
    // Alpha that hides nothing any more, as covers are opaque, is not written.
    const hasAlpha = [source, output ?? source].every(({ frames }) =>
      frames.some(({ pixels }) => pixels.channels === 4),
    );
    const frames = [{ pixels: greyPicture(hasAlpha ? 4 : 3) }];
    const reference = encoderSettings(await format.encode({ format: format.id, frames }, { limits }), format);
    const settings = differing(written, reference ?? new Map());
    if (settings.length === 0) return answer('not-found', { id: 'jpeg-fingerprint/usual', values: {} });
    return answer('found', { id: 'jpeg-fingerprint/different', values: { settings } });
  },
};

function greyPicture(channels: 3 | 4) {
  const data = new Uint8Array(REFERENCE_SIDE ** 2 * channels).fill(128);
  return { width: REFERENCE_SIDE, height: REFERENCE_SIDE, channels, data };
}

/** Names of the settings that differ, or that only one of the two has. */
function differing(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((name) => a.get(name) !== b.get(name));
}
