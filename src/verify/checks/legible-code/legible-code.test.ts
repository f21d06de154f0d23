import { describe, expect, it } from 'vitest';
import { pictureWithCode } from '../../../../tests/support/picture-with-code.js';
import { checkStatus } from '../../../../tests/support/check-status.js';
import { seeded } from '../../../../tests/support/seeded.js';
import { boxPolygon } from '../../../core/geometry.js';
import type { PixelImage } from '../../../core/image.js';
import { openCodeReader } from '../../../models/code-reader.js';
import { redactFrame } from '../../../redact/apply-redactions.js';
import { STYLES } from '../../../redact/styles/index.js';
import { legibleCode } from './index.js';

const check = legibleCode(openCodeReader);

const status = (pixels?: PixelImage) => checkStatus(check, pixels);

describe('legible-code', () => {
  it('finds a code that is still there', async () => {
    const { picture } = await pictureWithCode('QRCode', 'PATIENT 4711', 30);
    expect(await status(picture)).toBe('found');
  });

  it.each(Object.values(STYLES))('reads none under $id', async (style) => {
    const { picture, box } = await pictureWithCode('QRCode', 'PATIENT 4711');
    const covered = redactFrame(
      picture,
      [{ kinds: ['code'], box, polygon: boxPolygon(box) }],
      style,
      seeded(3),
    );
    expect(await status(covered)).toBe('not-found');
  });

  it('cannot tell about a file that does not open', async () => {
    expect(await status()).toBe('could-not-tell');
  });
});
