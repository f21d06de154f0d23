import sharp from 'sharp';
import type { Redaction } from '../../core/detection.js';
import { boundingBox } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { redactFrame } from '../../redact/index.js';
import type { RedactionStyle } from '../../redact/contract.js';

const QUALITY = 85;

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
