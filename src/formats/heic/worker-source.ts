/** What the worker is given. */
export interface DecodeRequest {
  /** Absolute path of libheif's wasm build: a worker made from text has no module from which to resolve it. */
  readonly libheif: string;
  readonly bytes: Uint8Array;
  readonly maxPixels: number;
  /** Whether numbers are given with more than 8 bits, also where the file has 8. */
  readonly isDeep: boolean;
}

/** What it answers: pixels turned and cropped as the file says, in the file's own colours, or why there are none. */
export type DecodeAnswer =
  | { readonly ok: false; readonly reason: 'read' | 'size' | 'decode'; readonly message: string }
  | {
      readonly ok: true;
      readonly width: number;
      readonly height: number;
      readonly channels: 3 | 4;
      readonly premultiplied: boolean;
      /** Of each number, which has 2 bytes, the low one first, where it has more than 8 bits. */
      readonly bits: number;
      readonly data: Uint8Array;
    };

/**
 * The worker's program. It decodes the primary image with libheif, which applies "irot", "imir" and "clap", and
 * posts one DecodeAnswer.
 */
export const WORKER_SOURCE = `
'use strict';
const { parentPort, workerData } = require('node:worker_threads');
const lib = require(workerData.libheif);

function answer() {
  const context = lib.heif_context_alloc();
  const read = lib.heif_context_read_from_memory(context, workerData.bytes);
  if (read.code !== lib.heif_error_code.heif_error_Ok) return { ok: false, reason: 'read', message: String(read.message) };
  const handle = lib.heif_js_context_get_primary_image_handle(context);
  if (!handle || handle.code) return { ok: false, reason: 'read', message: 'no primary image' };
  const width = lib.heif_image_handle_get_width(handle);
  const height = lib.heif_image_handle_get_height(handle);
  if (!(width > 0 && height > 0 && width * height <= workerData.maxPixels)) {
    return { ok: false, reason: 'size', message: width + ' x ' + height };
  }
  const alpha = Boolean(lib.heif_image_handle_has_alpha_channel(handle));
  const premultiplied = alpha && Boolean(lib.heif_image_handle_is_premultiplied_alpha(handle));
  const kind = (workerData.isDeep ? 'RRGGBB' : 'RGB') + (alpha ? (workerData.isDeep ? 'AA' : 'A') : '') + (workerData.isDeep ? '_LE' : '');
  const chroma = lib.heif_chroma['heif_chroma_interleaved_' + kind];
  const image = lib.heif_js_decode_image2(handle, lib.heif_colorspace.heif_colorspace_RGB, chroma);
  if (!image || image.code || !image.channels) {
    return { ok: false, reason: 'decode', message: String((image && image.message) || 'no image') };
  }
  // With alpha and more than 8 bits, an empty plane comes before the one with the pixels.
  const plane = image.channels.filter((c) => c.id === lib.heif_channel.heif_channel_interleaved).pop();
  if (!plane) return { ok: false, reason: 'decode', message: 'no interleaved plane' };
  const channels = alpha ? 4 : 3;
  const bits = workerData.isDeep ? plane.bits_per_pixel : 8;
  const row = plane.width * channels * (bits > 8 ? 2 : 1);
  const data = new Uint8Array(row * plane.height);
  for (let y = 0; y < plane.height; y++) {
    data.set(plane.data.subarray(y * plane.stride, y * plane.stride + row), y * row);
  }
  return { ok: true, width: plane.width, height: plane.height, channels, premultiplied, bits, data };
}

const result = answer();
parentPort.postMessage(result, result.ok ? [result.data.buffer] : []);
`;
