import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { FACES, peoplePhoto } from '../../../tests/support/people-photo.js';
import type { Box } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { openFaceEmbedder, similarity, type FaceEmbedder } from './index.js';

/** Two of the four people of the photo. */
const [, ONE, OTHER] = FACES as [Box, Box, Box];

describe('openFaceEmbedder, on a photo that ships with a development dependency', () => {
  let photo: PixelImage;
  let embedder: FaceEmbedder;

  const read = async (file: Sharp): Promise<PixelImage> => {
    const { data, info } = await file.removeAlpha().raw().toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, channels: 3, data };
  };
  const faceOf = async (image: PixelImage, box: Box) =>
    embedder.embed(image, (await embedder.align(image, box))!);

  beforeAll(async () => {
    photo = await peoplePhoto();
    embedder = await openFaceEmbedder();
  });

  it('gives one person the same numbers in a photo on its side, and another person different ones', async () => {
    const { width, height, channels, data } = photo;
    const side = await read(sharp(data, { raw: { width, height, channels } }).rotate(90));
    const lying = { x: height - ONE.y - ONE.height, y: ONE.x, width: ONE.height, height: ONE.width };
    const [one, again, other] = [
      await faceOf(photo, ONE),
      await faceOf(side, lying),
      await faceOf(photo, OTHER),
    ];
    expect(one).toHaveLength(1024);
    expect(similarity(one, one)).toBeCloseTo(1);
    expect(similarity(one, again)).toBeGreaterThan(0.85);
    expect(similarity(one, other)).toBeLessThan(0.6);
  });

  it('aligns nothing where there are no eyes', async () => {
    const data = new Uint8Array(200 * 200 * 3).map((_, i) => [214, 168, 146][i % 3]!);
    const box = { x: 50, y: 50, width: 100, height: 100 };
    expect(await embedder.align({ width: 200, height: 200, channels: 3, data }, box)).toBeUndefined();
  });
});
