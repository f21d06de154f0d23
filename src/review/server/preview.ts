import sharp from 'sharp';
import type { Redaction } from '../../core/detection.js';
import { boundingBox } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { resized } from '../../inference/resized.js';
import { redactFrame } from '../../redact/apply-redactions.js';
import type { RedactionStyle } from '../../redact/contract.js';
import { PREVIEW_SIDE } from '../api.js';

const QUALITY = 85;

/** A copy for the page. */
export function shrink({ width, height, ...rest }: PixelImage, side = PREVIEW_SIDE): Promise<PixelImage> {
  const scale = Math.min(1, side / Math.max(width, height));
  const sized = (length: number) => Math.max(1, Math.round(length * scale));
  return resized({ width, height, ...rest }, sized(width), sized(height));
}

/** What the photo will look like, up to noise and geometry: the same redactions on the copy. */
export function redactPreview(
  preview: PixelImage,
  redactions: readonly Redaction[],
  { width, height }: Pick<PixelImage, 'width' | 'height'>,
  style: RedactionStyle,
  random: () => number,
): PixelImage {
  const [kx, ky] = [preview.width / width, preview.height / height];
  const scaled = redactions.map(({ kinds, polygon }) => {
    const moved = polygon.map(([x, y]) => [x * kx, y * ky] as const);
    return { kinds, polygon: moved, box: boundingBox(moved) };
  });
  return redactFrame(preview, scaled, style, random);
}

/** @param image opaque where it is transparent: white */
export function asJpeg({ width, height, channels, data }: PixelImage): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels } })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: QUALITY })
    .toBuffer();
}
