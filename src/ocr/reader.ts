import { ImageDeidError } from '../core/errors.js';
import type { Polygon } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import { openBundledOnnx, type BundledOnnx } from '../models/bundled-onnx.js';
import type { ModelIdentity } from '../models/model-store.js';
import { decodeSequence, type Reading } from './decode-sequence.js';
import { isFaint } from './is-faint.js';
import { textStrips, type Strip } from './strip.js';

/** In models/manifest.json. */
export const READER_MODEL = 'pp-ocrv4-rec';
/** A reading as sure as this needs no further look. */
const SURE = 0.9;
/** The first two strips show the line as it is; the others are mirror images and count only when read surely. */
const AS_IT_IS = 2;

/** Reads single lines of text. What it reads never leaves memory. */
export interface TextReader {
  readonly identity: ModelIdentity;
  /**
   * The surest reading of the line inside a polygon: from either end, or mirrored.
   * @throws {ImageDeidError} detector-failed
   */
  read(image: PixelImage, polygon: Polygon): Promise<Reading>;
}

let opened: Promise<TextReader> | undefined;

/**
 * Loads PP-OCRv4's recognition network (Baidu, 2023), which reads Latin letters, digits and Chinese, once per process.
 * @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable
 */
export function openTextReader(): Promise<TextReader> {
  return (opened ??= loadReader());
}

async function loadReader(): Promise<TextReader> {
  const bundled = await openBundledOnnx(READER_MODEL);
  const [list] = bundled.others;
  if (!list) {
    throw new ImageDeidError(
      { id: 'error/model-missing/characters', values: { model: READER_MODEL } },
      'models',
    );
  }
  // The network's first class is "no character" and its last is the space; the file lists those in between.
  const characters = ['', ...new TextDecoder().decode(list).split('\n').filter(Boolean), ' '];
  return {
    identity: bundled.identity,
    read: async (image, polygon) => {
      let best: Reading = { text: '', confidence: 0 };
      let looks = 0;
      for (const strip of textStrips(image, polygon)) {
        // The other three strips hold the same pixels.
        if (looks === 0 && isFaint(strip)) break;
        const reading = await readStrip(bundled, strip, characters);
        if (reading.confidence >= (looks++ < AS_IT_IS ? best.confidence : SURE)) best = reading;
        if (best.confidence >= SURE) break;
      }
      return best;
    },
  };
}

async function readStrip({ model }: BundledOnnx, strip: Strip, characters: readonly string[]) {
  const [input, output] = [model.inputNames[0] ?? '', model.outputNames[0] ?? ''];
  const answer = (await model.run({ [input]: stripTensor(strip) }))[output];
  if (!answer || answer.data.length % characters.length !== 0) {
    throw new ImageDeidError(
      { id: 'error/detector-failed/answer-size', values: { model: READER_MODEL } },
      'detect',
    );
  }
  return decodeSequence(answer.data, characters);
}

/** 1 × 3 × height × width, BGR, −1…1. */
function stripTensor({ width, height, data }: Strip) {
  const plane = width * height;
  const values = new Float32Array(3 * plane);
  for (let c = 0; c < 3; c++) {
    for (let p = 0; p < plane; p++) values[c * plane + p] = (data[p * 3 + 2 - c] as number) / 127.5 - 1;
  }
  return { data: values, dims: [1, 3, height, width] };
}
