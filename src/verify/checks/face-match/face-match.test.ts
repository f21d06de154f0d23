import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { coveringHead, FACES, peoplePhoto } from '../../../../tests/support/people-photo.js';
import { seeded } from '../../../../tests/support/seeded.js';
import type { Detection, Redaction } from '../../../core/detection.js';
import { boxPolygon, type Box } from '../../../core/geometry.js';
import type { PixelImage } from '../../../core/image.js';
import { DEFAULT_LIMITS } from '../../../core/limits.js';
import type { ImageFormatPlugin } from '../../../formats/contract.js';
import { redactFrame } from '../../../redact/apply-redactions.js';
import { STYLES } from '../../../redact/styles/index.js';
import { openFaceEmbedder } from '../../../models/face-embedding/index.js';
import { faceMatch } from './index.js';

const check = faceMatch(openFaceEmbedder);
const seen = (box: Box): Detection => ({
  kind: 'face',
  box,
  polygon: boxPolygon(box),
  score: 0.9,
  detector: 'face',
});

describe('face-match', () => {
  let photo: PixelImage;

  const answer = (output: PixelImage | undefined, detections = FACES.map(seen)) =>
    check.run({
      staged: new Uint8Array(),
      format: {} as ImageFormatPlugin,
      limits: DEFAULT_LIMITS,
      original: { format: 'png', frames: [{ pixels: photo }] },
      cropped: { format: 'png', frames: [{ pixels: photo }] },
      source: { format: 'png', frames: [{ pixels: photo }] },
      ...(output ? { output: { format: 'png', frames: [{ pixels: output }] } } : {}),
      detections: [detections],
      redactions: [[]],
    });

  beforeAll(async () => {
    photo = await peoplePhoto();
  });

  it('recognises everyone in a file that nobody redacted', async () => {
    const { status, details } = await answer(photo);
    expect([status, details]).toEqual([
      'found',
      {
        id: 'face-match/recognised',
        values: { matched: 4, compared: 4, rest: 0, places: ['top-right', 'top-centre', 'middle-left'] },
      },
    ]);
  });

  it('recognises them where they are only transparent', async () => {
    const hidden = new Uint8Array(photo.width * photo.height * 4);
    for (let p = 0; p < photo.width * photo.height; p++)
      hidden.set(photo.data.subarray(p * 3, p * 3 + 3), p * 4);
    expect((await answer({ ...photo, channels: 4, data: hidden })).status).toBe('found');
  });

  it.each(Object.values(STYLES))('recognises nobody under $id', async (style) => {
    const written = redactFrame(photo, FACES.map(coveringHead), style, seeded(3));
    expect((await answer(written)).status).toBe('not-found');
  });

  it('recognises the person who was left uncovered', async () => {
    const written = redactFrame(photo, FACES.slice(1).map(coveringHead), STYLES.blur, seeded(3));
    expect((await answer(written)).details).toEqual({
      id: 'face-match/recognised',
      values: { matched: 1, compared: 4, rest: 0, places: ['middle-left'] },
    });
  });

  it('recognises a face whose chin alone is covered', async () => {
    const [face] = FACES as [Box, ...Box[]];
    const chin = { ...face, y: face.y + 0.7 * face.height, height: 0.3 * face.height };
    const redaction: Redaction = { kinds: ['face'], box: chin, polygon: boxPolygon(chin) };
    const written = redactFrame(photo, [redaction], STYLES.blur, seeded(3));
    expect((await answer(written, [seen(face)])).status).toBe('found');
  });

  it('does not mistake one person for another', async () => {
    const [one, other] = FACES.slice(1, 3) as [Box, Box];
    const raw = { width: photo.width, height: photo.height, channels: 3 } as const;
    const { x, y, width, height } = { ...other, x: other.x - 8, y: other.y - 8 };
    const swapped = await sharp(photo.data, { raw })
      .composite([
        {
          input: await sharp(photo.data, { raw })
            .extract({ left: x, top: y, width: width + 16, height: height + 16 })
            .resize(one.width + 12, one.height + 12, { fit: 'fill' })
            .png()
            .toBuffer(),
          left: one.x - 6,
          top: one.y - 6,
        },
      ])
      .removeAlpha()
      .raw()
      .toBuffer();
    expect((await answer({ ...photo, data: swapped }, [seen(one)])).status).toBe('not-found');
  });

  it('says how many faces it could not compare', async () => {
    const tiny = seen({ x: 600, y: 10, width: 12, height: 16 });
    const written = redactFrame(photo, FACES.map(coveringHead), STYLES.blur, seeded(3));
    const { status, details } = await answer(written, [...FACES.map(seen), tiny]);
    expect(status).toBe('not-found');
    expect(details).toEqual({ id: 'face-match/not-recognised', values: { compared: 4, rest: 1 } });
  });

  it('does not compare the face beside the box, however surely its eyes are seen', async () => {
    const [face] = FACES as [Box, ...Box[]];
    const beside = { ...face, x: face.x - 24, width: 26 };
    const written = redactFrame(photo, [coveringHead(beside)], STYLES.blur, seeded(3));
    expect((await answer(written, [seen(beside)])).details).toEqual({
      id: 'face-match/not-recognised',
      values: { compared: 0, rest: 1 },
    });
  });

  it('looks at faces only', async () => {
    const tattoo: Detection = { ...seen(FACES[0]!), kind: 'tattoo' };
    expect((await answer(photo, [tattoo])).details.id).toBe('face-match/no-face');
  });

  it('cannot tell about a file that does not open', async () => {
    expect((await answer(undefined)).status).toBe('could-not-tell');
  });
});
