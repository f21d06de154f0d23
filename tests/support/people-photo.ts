import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { Redaction } from '../../src/core/detection.js';
import type { Box } from '../../src/core/geometry.js';
import { headPolygon } from '../../src/imaging/head.js';
import type { PixelImage } from '../../src/core/image.js';

/** The faces of the four people in `peoplePhoto`, as drawn by hand. */
export const FACES: readonly Box[] = [
  { x: 105, y: 213, width: 86, height: 110 },
  { x: 280, y: 146, width: 73, height: 100 },
  { x: 485, y: 135, width: 92, height: 110 },
  { x: 612, y: 106, width: 96, height: 110 },
];

export const coveringHead = (face: Box): Redaction => ({
  kinds: ['face'],
  box: face,
  polygon: headPolygon(face),
});

/** A photo inside a development dependency, 800 pixels wide. */
export async function peoplePhoto(): Promise<PixelImage> {
  const main = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json');
  const { data, info } = await sharp(join(dirname(main), 'demo/sample6.jpg'))
    .resize(800)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}
