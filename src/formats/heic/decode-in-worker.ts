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
 * @param isDeep whether numbers are given with more than 8 bits
 * @throws {ImageDeidError} decode-failed, malformed, too-many-pixels, timeout
 */
export async function decodeInWorker(bytes: Uint8Array, limits: Limits, isDeep: boolean): Promise<RawImage> {
  const request: DecodeRequest = { libheif: LIBHEIF, bytes, maxPixels: limits.maxPixels, isDeep };
  const outcome = await askWorker<DecodeAnswer>(WORKER_SOURCE, request, limits.codecSeconds, HEAP_MIB);
  if (outcome.kind === 'timeout') {
    throw new ImageDeidError(
      { id: 'error/timeout/heic', values: { seconds: limits.codecSeconds } },
      'decode',
    );
  }
  if (outcome.kind === 'died') {
    const { cause } = outcome;
    throw new ImageDeidError({ id: 'error/decode-failed/heic-stopped', values: {} }, 'decode', { cause });
  }
  if (!outcome.answer.ok) throw errorOf(outcome.answer);
  return outcome.answer;
}

function errorOf(answer: Extract<DecodeAnswer, { ok: false }>): ImageDeidError {
  const cause = new Error(answer.message);
  if (answer.reason === 'size') {
    return new ImageDeidError({ id: 'error/too-many-pixels/heic', values: {} }, 'decode', { cause });
  }
  if (answer.reason === 'read') {
    return new ImageDeidError({ id: 'error/malformed/heic', values: {} }, 'decode', { cause });
  }
  return new ImageDeidError({ id: 'error/decode-failed/heic', values: {} }, 'decode', {
    cause,
  });
}
