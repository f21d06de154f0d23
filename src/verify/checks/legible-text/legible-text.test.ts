import { beforeAll, describe, expect, it } from 'vitest';
import type { Detection, Redaction } from '../../../core/detection.js';
import { boundingBox, boxPolygon, type Box } from '../../../core/geometry.js';
import type { PixelImage } from '../../../core/image.js';
import { MOST_LINES, openTextReader, openTextWitness } from '../../../ocr/index.js';
import { redactFrame } from '../../../redact/apply-redactions.js';
import { STYLES } from '../../../redact/styles/index.js';
import { pictureWithWord, WORD } from '../../../../tests/support/picture-with-word.js';
import { checkStatus } from '../../../../tests/support/check-status.js';
import { seeded } from '../../../../tests/support/seeded.js';
import { legibleText } from './index.js';

const TEXT: Detection = { kind: 'text', box: WORD, polygon: boxPolygon(WORD), score: 0.9, detector: 'text' };
const check = legibleText(openTextReader, openTextWitness);

function covering(box: Box): Redaction {
  return { kinds: ['text'], box, polygon: boxPolygon(box) };
}

const status = (
  output: PixelImage | undefined,
  redactions: readonly Redaction[],
  detections: readonly Detection[] = [TEXT],
) => checkStatus(check, output, detections, redactions);

describe('legible-text', () => {
  let photo: PixelImage;

  beforeAll(async () => {
    photo = await pictureWithWord();
  });

  it('finds a word that is still there', async () => {
    expect(await status(photo, [covering(WORD)])).toBe('found');
  });

  it.each(Object.values(STYLES))('reads nothing under $id', async (style) => {
    const redactions = [covering(boundingBox(boxPolygon({ ...WORD, x: 126, width: 258 })))];
    for (let seed = 1; seed <= 5; seed++) {
      expect(await status(redactFrame(photo, redactions, style, seeded(seed)), redactions)).toBe('not-found');
    }
  });

  it('leaves to the risk what a kept region shows', async () => {
    expect(await status(photo, [covering({ ...WORD, width: 100 })])).toBe('not-found');
    expect(await status(photo, [])).toBe('not-found');
  });

  it('cannot tell when there are more lines than it reads, and none of those it read is legible', async () => {
    const empty = { ...photo, data: new Uint8Array(photo.data.length).fill(128) };
    const lines = (count: number) => Array.from({ length: count }, () => TEXT);
    expect(await status(empty, [covering(WORD)], lines(MOST_LINES))).toBe('not-found');
    expect(await status(empty, [covering(WORD)], lines(MOST_LINES + 1))).toBe('could-not-tell');
    expect(await status(photo, [covering(WORD)], lines(MOST_LINES + 1))).toBe('found');
  });

  it('reads text only', async () => {
    expect(await status(photo, [covering(WORD)], [{ ...TEXT, kind: 'tattoo' }])).toBe('not-found');
  });

  it('cannot tell about a file that does not open', async () => {
    expect(await status(undefined, [covering(WORD)])).toBe('could-not-tell');
  });
});
