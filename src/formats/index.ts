import { ImageDeidError } from '../core/errors.js';
import type { ImageFormat } from '../core/image.js';
import { avifFormat } from './avif/index.js';
import type { ImageFormatPlugin } from './contract.js';
import { gifFormat } from './gif/index.js';
import { heicFormat } from './heic/index.js';
import { jpegFormat } from './jpeg/index.js';
import { nameOtherFormat } from './other-formats.js';
import { pngFormat } from './png/index.js';
import { tiffFormat } from './tiff/index.js';
import { webpFormat } from './webp/index.js';

export { encoderVersions, type EncoderVersions } from './encoder-versions.js';
export { proveEncoding, type EncodingProof } from './prove-encoding.js';

/** Every format, one folder each. */
export const FORMATS: readonly ImageFormatPlugin[] = [
  jpegFormat,
  pngFormat,
  webpFormat,
  tiffFormat,
  avifFormat,
  gifFormat,
  heicFormat,
];

export function formatById(id: ImageFormat): ImageFormatPlugin {
  const format = FORMATS.find((candidate) => candidate.id === id);
  if (!format) throw new ImageDeidError({ id: 'error/internal/no-format', values: { id } }, 'read');
  return format;
}

/**
 * The format, from what the file holds; the file's name is never looked at.
 * @throws {ImageDeidError} empty-file, unsupported-format for formats that are known but not read, not-an-image
 */
export function sniffFormat(bytes: Uint8Array): ImageFormatPlugin {
  if (bytes.length === 0) throw new ImageDeidError({ id: 'error/empty-file/read', values: {} }, 'read');
  const head = bytes.subarray(0, 4096);
  const format = FORMATS.find((candidate) => candidate.sniff(head));
  if (format) return format;
  const other = nameOtherFormat(head);
  if (other) {
    throw new ImageDeidError(
      {
        id: 'error/unsupported-format/known',
        values: { format: other, expected: FORMATS.map(({ title }) => title) },
      },
      'read',
    );
  }
  throw new ImageDeidError({ id: 'error/not-an-image/unknown', values: {} }, 'read');
}
