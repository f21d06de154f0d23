import type { Polygon } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import { openBundledOnnx, type BundledOnnx } from '../models/bundled-onnx.js';
import { cellMap } from '../models/cell-map.js';
import { rgbTensor } from '../models/input-tensor.js';
import type { ModelIdentity } from '../models/model-store.js';
import { wholeViewport } from '../models/viewport.js';
import { decodeTextMap, type DecodeSettings } from './decode-text-map.js';

/** The id in models/manifest.json. */
const ROWS_MODEL = 'stroke-rows-net';
/** Pixels along a cell of its answer. */
const CELL = 4;
/** The kernel of a row is three quarters as high as its letters; the smallest has two cells. */
const DECODE: DecodeSettings = { pixelThreshold: 0.3, boxThreshold: 0.3, unclipRatio: 0.9, minSide: 2 };
/** The most that the longer side of the network's input may have, in pixels. */
const SIDE = 1280;
/** From this longer side on, letters may be larger than those that the network knows: it looks at half the size too. */
const LARGE = 640;

/** Something like a line of writing, however faint. */
export interface StrokeRow {
  /** A rectangle at any angle, in pixels of the image; may reach beyond it. */
  readonly polygon: Polygon;
  /** 0–1 */
  readonly score: number;
}

export interface RowFinder {
  readonly identity: ModelIdentity;
  /**
   * Rows of strokes in the whole image, the surest first.
   * @param image three channels
   * @throws {ImageDeidError} detector-failed
   */
  find(image: PixelImage): Promise<StrokeRow[]>;
}

let opened: Promise<RowFinder> | undefined;

/** Loads the network once per process. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export function openRowFinder(): Promise<RowFinder> {
  return (opened ??= loadFinder());
}

async function loadFinder(): Promise<RowFinder> {
  const bundled = await openBundledOnnx(ROWS_MODEL);
  return {
    identity: bundled.identity,
    find: async (image) => {
      const side = Math.max(image.width, image.height);
      const scale = Math.min(1, SIDE / side);
      const scales = side * scale > LARGE ? [scale, scale / 2] : [scale];
      const rows: StrokeRow[] = [];
      for (const each of scales) rows.push(...(await rowsAt(bundled, image, each)));
      return rows.sort((a, b) => b.score - a.score);
    },
  };
}

async function rowsAt({ model }: BundledOnnx, image: PixelImage, scale: number): Promise<StrokeRow[]> {
  const viewport = wholeViewport(image.width, image.height, scale);
  const [input, output] = [model.inputNames[0] ?? '', model.outputNames[0] ?? ''];
  const answer = (await model.run({ [input]: await rgbTensor(image, viewport) }))[output];
  const map = cellMap(ROWS_MODEL, answer, viewport, CELL, 1);
  const [across, down] = [image.width / map.width, image.height / map.height];
  return decodeTextMap(map, DECODE).map(({ polygon, score }) => ({
    polygon: polygon.map(([x, y]) => [x * across, y * down] as const),
    score,
  }));
}
