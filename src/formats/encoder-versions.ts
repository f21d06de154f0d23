import sharp from 'sharp';
import type { ImageFormat } from '../core/image.js';
import { VERSION } from '../core/version.js';

/**
 * What wrote a file, by name: versions of this tool and of the libraries that decide its bytes, and the processor's
 * kind.
 */
export type EncoderVersions = Readonly<Record<string, string>>;

/** Named as in `sharp.versions`; GIF and TIFF files are written by our own code. */
const LIBRARIES: Readonly<Record<ImageFormat, readonly string[]>> = {
  jpeg: ['sharp', 'vips', 'mozjpeg'],
  png: ['sharp', 'vips', 'png', 'zlib-ng'],
  webp: ['sharp', 'vips', 'webp'],
  tiff: ['zlib'],
  avif: ['sharp', 'vips', 'heif', 'aom'],
  gif: ['sharp', 'vips'],
  heic: [],
};

/** The versions that write a format on this machine. */
export function encoderVersions(format: ImageFormat): EncoderVersions {
  const known: Readonly<Record<string, string | undefined>> = {
    ...sharp.versions,
    zlib: process.versions.zlib,
  };
  const versions: Record<string, string> = { 'image-deid': VERSION, arch: process.arch };
  for (const name of LIBRARIES[format]) versions[name] = known[name] ?? 'unknown';
  return versions;
}

/** What differs between two lists, in words: "aom 3.15.1, here 3.16.0"; empty when nothing does. */
export function differentVersions(then: EncoderVersions, now: EncoderVersions): string {
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])];
  return names
    .filter((name) => then[name] !== now[name])
    .map((name) => `${name} ${then[name] ?? 'unknown'}, here ${now[name] ?? 'none'}`)
    .join('; ');
}
