/** Upright sRGB pixels: 8 bits per channel, interleaved, row by row (height × width × channels). */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  /** 3 is RGB, 4 is RGBA with straight alpha. */
  readonly channels: 3 | 4;
  readonly data: Uint8Array;
}

/** Formats that can be read. A HEIC or HEIF file is written in another format. */
export const IMAGE_FORMATS = ['jpeg', 'png', 'webp', 'tiff', 'avif', 'gif', 'heic'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** Formats that can be written. */
export const WRITTEN_FORMATS = [
  'jpeg',
  'png',
  'webp',
  'tiff',
  'avif',
  'gif',
] as const satisfies readonly ImageFormat[];

/** One page of a TIFF or one frame of an animation; all frames of an image have the same channels. */
export interface Frame {
  readonly pixels: PixelImage;
  /** How long the frame is shown, in milliseconds; absent when the image is not animated. */
  readonly delay?: number;
}

export interface DecodedImage {
  readonly format: ImageFormat;
  /** At least one. */
  readonly frames: readonly Frame[];
  /** How many times an animation plays, 0 for ever; absent when the image is not animated. */
  readonly loop?: number;
}
