import { asSharp } from '../../imaging/as-sharp.js';
import type { Redaction } from '../../core/detection.js';
import { boundingBox } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { redactFrame } from '../../redact/index.js';
import type { RedactionStyle } from '../../redact/contract.js';

const QUALITY = 85;

/** What the photo will look like, apart from noise and geometry: the same redactions on the small copy. */
export function redactPreview(
  preview: PixelImage,
  redactions: readonly Redaction[],
  { width, height }: Pick<PixelImage, 'width' | 'height'>,
  style: RedactionStyle,
  random: () => number,
): PixelImage {
  const [kx, ky] = [preview.width / width, preview.height / height];
  const scaled = redactions.map((redaction) => {
    const moved = redaction.polygon.map(([x, y]) => [x * kx, y * ky] as const);
    return { ...redaction, polygon: moved, box: boundingBox(moved) };
  });
  return redactFrame(preview, scaled, style, random);
}

/** @param image made opaque: transparent parts become white */
export function asJpeg(image: PixelImage): Promise<Buffer> {
  return asSharp(image).flatten({ background: '#ffffff' }).jpeg({ quality: QUALITY }).toBuffer();
}
