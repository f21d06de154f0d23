import sharp from 'sharp';
import { asSharp } from '../../imaging/as-sharp.js';
import { shrunk } from '../../imaging/resized.js';
import type { PixelImage } from '../../core/image.js';
import { PREVIEW_SIDE, STRIP_CELL, type Strip } from '../api.js';
import { asJpeg } from './preview.js';

/** Animations of more frames are looked at on sheets: nobody looks at hundreds of pictures one after the other. */
const MOST_SINGLE = 12;
const COLUMNS = 5;
const ROWS = 4;
/** In pixels of a sheet. */
const GAP = 4;
const QUALITY = 85;
const GROUND = '#808080';

/** Frames or pages of one file, in their order. @param first from 0 */
export type ReadFrames = (first: number, count: number) => Promise<readonly PixelImage[]>;

/** How a file of that many frames is looked at; undefined for a single picture. Pages are looked at one by one. */
export function stripOf(frames: number, isAnimated: boolean): Strip | undefined {
  if (frames < 2) return undefined;
  return { frames, isAnimated, perSheet: isAnimated && frames > MOST_SINGLE ? COLUMNS * ROWS : 1 };
}

/** One sheet of a strip as JPEG, PREVIEW_SIDE at most. @param sheet from 0 */
export async function sheetOf({ frames, perSheet }: Strip, sheet: number, read: ReadFrames): Promise<Buffer> {
  const first = sheet * perSheet;
  const images = await read(first, Math.min(perSheet, frames - first));
  const [one] = images;
  if (one && perSheet === 1) return asJpeg(await shrunk(one, PREVIEW_SIDE));
  const width = Math.floor(PREVIEW_SIDE / COLUMNS) - GAP;
  const height = Math.max(1, Math.min(width, ...images.map((image) => (image.height / image.width) * width)));
  return grid(images, { width, height: Math.round(height) }, COLUMNS, GAP);
}

/** All frames of a strip side by side, each in a STRIP_CELL, as JPEG. */
export async function stripPicture({ frames }: Strip, read: ReadFrames): Promise<Buffer> {
  const small: PixelImage[] = [];
  const atOnce = COLUMNS * ROWS;
  for (let first = 0; first < frames; first += atOnce) {
    const images = await read(first, Math.min(atOnce, frames - first));
    for (const image of images) small.push(await shrunk(image, STRIP_CELL.width));
  }
  return grid(small, STRIP_CELL, frames, 0);
}

interface Cell {
  readonly width: number;
  readonly height: number;
}

/** Pictures in rows, each whole and in the middle of its cell. */
async function grid(
  images: readonly PixelImage[],
  cell: Cell,
  columns: number,
  gap: number,
): Promise<Buffer> {
  const parts = await Promise.all(
    images.map(async (image, i) => ({
      input: await asSharp(image)
        .resize(cell.width, cell.height, { fit: 'contain', background: GROUND })
        .flatten({ background: '#ffffff' })
        .png()
        .toBuffer(),
      left: (i % columns) * (cell.width + gap),
      top: Math.floor(i / columns) * (cell.height + gap),
    })),
  );
  const across = Math.min(columns, images.length);
  const down = Math.ceil(images.length / columns);
  const size = { width: across * (cell.width + gap) - gap, height: down * (cell.height + gap) - gap };
  return sharp({ create: { ...size, channels: 3, background: GROUND } })
    .composite(parts)
    .jpeg({ quality: QUALITY })
    .toBuffer();
}
