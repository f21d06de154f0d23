import sharp from 'sharp';
import { asSharp } from '../imaging/as-sharp.js';
import type { Redaction } from '../core/detection.js';
import type { PixelImage } from '../core/image.js';

/** Longer side, in pixels. */
const SIDE = 320;

/** Two small views of a finished photo, as JPEG. */
export interface Thumbnails {
  /** At most 320 pixels wide and high. */
  readonly plain: Buffer;
  /** The same with the outlines of what was covered; absent when nothing was. */
  readonly outlined?: Buffer;
}

/** Draws the views from pixels that are already redacted: a report must not bring back what the photo lost. */
export async function makeThumbnails(
  redacted: PixelImage,
  redactions: readonly Redaction[],
): Promise<Thumbnails> {
  const { width, height } = redacted;
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const small = await asSharp(redacted)
    .flatten({ background: '#ffffff' })
    .resize(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)), { fit: 'fill' })
    .png()
    .toBuffer({ resolveWithObject: true });
  const plain = await sharp(small.data).jpeg({ quality: 80 }).toBuffer();
  if (redactions.length === 0) return { plain };
  const shapes = redactions.map(({ polygon, kinds }) => {
    const points = polygon.map(([x, y]) => `${(x * scale).toFixed(1)},${(y * scale).toFixed(1)}`).join(' ');
    const colour = COLOURS[kinds[0] ?? 'text'];
    return `<polygon points="${points}" fill="none" stroke="#fff" stroke-width="3"/><polygon points="${points}" fill="none" stroke="${colour}" stroke-width="1.5"/>`;
  });
  const { width: w, height: h } = small.info;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}">${shapes.join('')}</svg>`;
  const outlined = await sharp(small.data)
    .composite([{ input: Buffer.from(svg) }])
    .jpeg({ quality: 80 })
    .toBuffer();
  return { plain, outlined };
}

/** Colours of the outlines, as on the page; the report's legend uses them too. */
export const COLOURS = { face: '#2b73e0', tattoo: '#8a45d6', text: '#d9560b', code: '#cf2f68' } as const;
