import { beforeAll, describe, expect, it } from 'vitest';
import { faded } from '../../../../tests/support/faded.js';
import { pictureWithWord, WORD } from '../../../../tests/support/picture-with-word.js';
import { checkStatus } from '../../../../tests/support/check-status.js';
import { seeded } from '../../../../tests/support/seeded.js';
import type { Detection, Redaction } from '../../../core/detection.js';
import { boxPolygon } from '../../../core/geometry.js';
import type { PixelImage } from '../../../core/image.js';
import { openTextFinder, openTextReader, openTextWitness } from '../../../ocr/index.js';
import { redactFrame } from '../../../redact/apply-redactions.js';
import { STYLES } from '../../../redact/styles/index.js';
import { uncoveredText } from './index.js';

const check = uncoveredText(openTextFinder, openTextReader, openTextWitness);
const TEXT: Detection = { kind: 'text', box: WORD, polygon: boxPolygon(WORD), score: 0.9, detector: 'text' };
const COVERED: Redaction = { kinds: ['text'], box: WORD, polygon: boxPolygon(WORD) };

const status = (
  pixels: PixelImage | undefined,
  detections: readonly Detection[],
  redactions: readonly Redaction[],
) => checkStatus(check, pixels, detections, redactions);

describe('uncovered-text', () => {
  let photo: PixelImage;

  beforeAll(async () => {
    photo = await pictureWithWord();
  });

  it('finds a word that no detector found, even where it is transparent', async () => {
    expect(await status(photo, [], [])).toBe('found');
    const hidden = new Uint8Array(photo.width * photo.height * 4);
    for (let p = 0; p < photo.width * photo.height; p++)
      hidden.set(photo.data.subarray(p * 3, p * 3 + 3), p * 4);
    expect(await status({ ...photo, channels: 4, data: hidden }, [], [])).toBe('found');
  });

  it('finds a word in the dark and in fog', async () => {
    for (const source of [faded(photo, 0.04), faded(photo, 0.04, 220)]) {
      expect(await checkStatus(check, source, [], [], source)).toBe('found');
    }
  });

  it('finds a word that should be covered and is not', async () => {
    expect(await status(photo, [TEXT], [COVERED])).toBe('found');
  });

  it.each(Object.values(STYLES))('reads none under $id', async (style) => {
    const covered = redactFrame(photo, [COVERED], style, seeded(3));
    expect(await status(covered, [TEXT], [COVERED])).toBe('not-found');
  });

  it('leaves alone what was found and left visible on purpose', async () => {
    expect(await status(photo, [TEXT], [])).toBe('not-found');
    expect(await status(photo, [{ ...TEXT, kind: 'tattoo' }], [])).toBe('found');
  });

  it('cannot tell about a file that does not open', async () => {
    expect(await status(undefined, [], [])).toBe('could-not-tell');
  });
});
