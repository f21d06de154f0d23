import sharp from 'sharp';
import type { DecodedImage } from '../../core/image.js';
import type { EncodeOptions, ImageFormatPlugin } from '../contract.js';
import { codecError, decodeWithSharp } from '../sharp-codec.js';
import { isGif } from './blocks.js';
import { walkGif } from './walk-gif.js';

/** GIF, still and animated; every frame is written whole, in at most 256 colours. */
export const gifFormat: ImageFormatPlugin = {
  id: 'gif',
  title: 'GIF',
  extension: 'gif',
  sniff: isGif,
  walk: walkGif,
  decode: (bytes, limits) => decodeWithSharp(bytes, 'gif', limits),
  encode: encodeGif,
};

async function encodeGif({ frames, loop }: DecodedImage, { limits }: EncodeOptions): Promise<Uint8Array> {
  const pixels = frames.map((frame) => frame.pixels);
  const { width, height, channels } = pixels[0] as (typeof pixels)[number];
  const tall =
    pixels.length === 1
      ? (pixels[0] as (typeof pixels)[number]).data
      : Buffer.concat(pixels.map((p) => p.data));
  try {
    return await sharp(tall, {
      raw: { width, height: height * frames.length, channels, pageHeight: height },
      limitInputPixels: false,
    })
      .timeout({ seconds: Math.max(1, Math.ceil(limits.codecSeconds)) })
      .gif({
        keepDuplicateFrames: true,
        ...(frames.length > 1 && { loop: loop ?? 0, delay: frames.map((frame) => frame.delay ?? 100) }),
      })
      .toBuffer();
  } catch (error) {
    throw codecError(error, 'encode', limits);
  }
}
