import { beforeAll, describe, expect, it } from 'vitest';
import { checkStatus } from '../../../../tests/support/check-status.js';
import { faded } from '../../../../tests/support/faded.js';
import { coveringHead, FACES, peoplePhoto } from '../../../../tests/support/people-photo.js';
import { seeded } from '../../../../tests/support/seeded.js';
import { boxPolygon, type Box } from '../../../core/geometry.js';
import type { PixelImage } from '../../../core/image.js';
import { openSecondFaceFinder } from '../../../detect/face/face-finder.js';
import { redactFrame } from '../../../redact/apply-redactions.js';
import { STYLES } from '../../../redact/styles/index.js';
import { uncoveredFace } from './index.js';

const check = uncoveredFace(openSecondFaceFinder);
const ALL = FACES.map(coveringHead);

describe('uncovered-face', () => {
  let photo: PixelImage;

  beforeAll(async () => {
    photo = await peoplePhoto();
  });

  it('finds a face that nobody covered, even where it is transparent', async () => {
    expect(await checkStatus(check, photo)).toBe('found');
    const hidden = new Uint8Array(photo.width * photo.height * 4);
    for (let p = 0; p < photo.width * photo.height; p++)
      hidden.set(photo.data.subarray(p * 3, p * 3 + 3), p * 4);
    expect(await checkStatus(check, { ...photo, channels: 4, data: hidden })).toBe('found');
  });

  it.each(Object.values(STYLES))('sees none when all heads are covered by $id', async (style) => {
    const written = redactFrame(photo, ALL, style, seeded(3));
    expect(await checkStatus(check, written, [], ALL)).toBe('not-found');
  });

  it.each([...FACES.keys()])('finds face %i when only the others are covered', async (left) => {
    const redactions = ALL.filter((_, i) => i !== left);
    const written = redactFrame(photo, redactions, STYLES.solid, seeded(3));
    expect(await checkStatus(check, written, [], redactions)).toBe('found');
  });

  it.each([
    ['the dark', 0.03, 0],
    ['fog', 0.06, 200],
  ])('finds a face in %s, and none that is covered there', async (_, share, fog) => {
    const source = faded(photo, share, fog);
    expect(await checkStatus(check, source, [], [], source)).toBe('found');
    const written = redactFrame(source, ALL, STYLES.solid, seeded(3));
    expect(await checkStatus(check, written, [], ALL, source)).toBe('not-found');
  });

  it('finds a face when a redaction covers only its forehead', async () => {
    const [face, ...others] = FACES as [Box, ...Box[]];
    const box = { ...face, y: face.y - 40, height: 60 };
    const redactions = [
      ...others.map(coveringHead),
      { kinds: ['face'] as const, box, polygon: boxPolygon(box) },
    ];
    const written = redactFrame(photo, redactions, STYLES.blur, seeded(3));
    expect(await checkStatus(check, written, [], redactions)).toBe('found');
  });

  it('sees none on plain skin', async () => {
    const data = new Uint8Array(320 * 240 * 3).map((_, i) => [214, 168, 146][i % 3] ?? 0);
    expect(await checkStatus(check, { width: 320, height: 240, channels: 3, data })).toBe('not-found');
  });

  it('cannot tell about a file that does not open', async () => {
    expect(await checkStatus(check, undefined)).toBe('could-not-tell');
  });
});
