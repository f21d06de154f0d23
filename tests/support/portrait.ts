import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { Box } from '../../src/core/geometry.js';
import type { PixelImage } from '../../src/core/image.js';
import { asSharp } from '../../src/imaging/as-sharp.js';

/** What is seen of the person in `portraitPhoto`, as marked by hand. */
export const PORTRAIT = {
  /** Skin without a feature. */
  cheek: { x: 200, y: 440, width: 70, height: 70 },
  /** Iris and white. */
  eyes: [
    { x: 220, y: 340, width: 85, height: 30 },
    { x: 435, y: 312, width: 70, height: 35 },
  ],
} as const satisfies { readonly cheek: Box; readonly eyes: readonly Box[] };

/** One of the people in a photo inside a development dependency, close up: the face takes nearly half of 660 × 844. */
export async function portraitPhoto(): Promise<PixelImage> {
  const main = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json');
  const { data, info } = await sharp(join(dirname(main), 'demo/sample6.jpg'))
    .extract({ left: 190, top: 432, width: 330, height: 422 })
    .resize(660)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}

export const asPng = (image: PixelImage): Promise<Buffer> => asSharp(image).png().toBuffer();
