import type { DecodedImage, Frame } from '../../core/image.js';
import type { Limits } from '../../core/limits.js';
import { decodeWithSharp } from '../sharp-codec.js';
import { encodeWebp, riffFile } from './encode-webp.js';
import { isWebp, readRiffChunks, riffChunk, type RiffChunk } from './riff.js';

/** Bytes of a file's head ("RIFF", the size and "WEBP"), and of a frame's (place, size, duration and flags). */
const [FILE_HEAD, FRAME_HEAD] = [12, 16];

/**
 * Whether writing the same frames again gives the same bytes. Every frame is decoded on its own, because a decoder that
 * plays the animation gives all frames the size of the largest.
 * @throws {ImageDeidError} what decoding and encoding throw
 */
export async function isOwnWebp(bytes: Uint8Array, limits: Limits): Promise<boolean> {
  if (!isWebp(bytes)) return false;
  const { chunks } = readRiffChunks(bytes, FILE_HEAD, bytes.length);
  const image = await framesOf(chunks, limits);
  return image !== undefined && Buffer.compare(bytes, await encodeWebp(image, { limits })) === 0;
}

async function framesOf(chunks: readonly RiffChunk[], limits: Limits): Promise<DecodedImage | undefined> {
  const loop = chunks.find(({ type }) => type === 'ANIM')?.content;
  const animated = chunks.filter(({ type }) => type === 'ANMF');
  const frames: Frame[] = [];
  for (const frame of loop ? animated : [undefined]) {
    const content = frame?.content;
    const inside = content ? readRiffChunks(content, FRAME_HEAD, content.length).chunks : chunks;
    const bitstream = inside.find(({ type }) => type === 'VP8L');
    if (!bitstream) return undefined;
    const still = await decodeWithSharp(riffFile(riffChunk('VP8L', bitstream.content)), 'webp', limits);
    const delay = content && Buffer.from(content).readUIntLE(12, 3);
    frames.push(...still.frames.map(({ pixels }) => ({ pixels, ...(delay !== undefined && { delay }) })));
  }
  if (frames.length === 0 || frames.length > limits.maxFrames) return undefined;
  return { format: 'webp', frames, ...(loop && { loop: Buffer.from(loop).readUInt16LE(4) }) };
}
