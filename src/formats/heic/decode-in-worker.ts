import { createRequire } from 'node:module';
import { ImageDeidError } from '../../core/errors.js';
import type { Limits } from '../../core/limits.js';
import { askWorker } from '../../metadata/ask-worker.js';
import { WORKER_SOURCE, type DecodeAnswer, type DecodeRequest } from './worker-source.js';

const LIBHEIF = createRequire(import.meta.url).resolve('libheif-js/wasm-bundle.js');
/** JavaScript heap of the worker; pixels and wasm memory lie outside it and are bounded by `maxPixels`. */
const HEAP_MIB = 512;

export type RawImage = Extract<DecodeAnswer, { ok: true }>;

/**
 * Decodes the primary image of a HEIF file in a thread of its own, so that a hang or an abort of the decoder
 * costs this photo only.
 * @throws {ImageDeidError} decode-failed, malformed, too-many-pixels, timeout
 */
export async function decodeInWorker(bytes: Uint8Array, limits: Limits): Promise<RawImage> {
  const request: DecodeRequest = { libheif: LIBHEIF, bytes, maxPixels: limits.maxPixels };
  const outcome = await askWorker<DecodeAnswer>(WORKER_SOURCE, request, limits.codecSeconds, HEAP_MIB);
  if (outcome.kind === 'timeout') {
    const message = `Decoding the HEIC took longer than ${limits.codecSeconds} s`;
    throw new ImageDeidError('timeout', 'decode', message);
  }
  if (outcome.kind === 'died') {
    const { cause } = outcome;
    throw new ImageDeidError('decode-failed', 'decode', 'The HEIC decoder stopped', { cause });
  }
  if (!outcome.answer.ok) throw errorOf(outcome.answer);
  return outcome.answer;
}

function errorOf(answer: Extract<DecodeAnswer, { ok: false }>): ImageDeidError {
  const cause = new Error(answer.message);
  if (answer.reason === 'size') {
    return new ImageDeidError('too-many-pixels', 'decode', 'The HEIC is larger than the limit', { cause });
  }
  if (answer.reason === 'read') {
    return new ImageDeidError('malformed', 'decode', 'The HEIC decoder could not read the file', { cause });
  }
  return new ImageDeidError('decode-failed', 'decode', 'The HEIC decoder could not decode the image', {
    cause,
  });
}
