import type { Polygon } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import { componentHull, findComponents, type Component } from '../imaging/map-components.js';
import type { ProbabilityMap } from '../imaging/probability-map.js';
import { growRect, minAreaRect, rectCorners } from '../imaging/rotated-rect.js';
import { openBundledOnnx, type BundledOnnx } from '../models/bundled-onnx.js';
import { cellMap } from '../models/cell-map.js';
import { rgbTensor } from '../models/input-tensor.js';
import type { ModelIdentity } from '../models/model-store.js';
import { wholeViewport } from '../models/viewport.js';

/** The id in models/manifest.json. */
const ROWS_MODEL = 'stroke-rows-net';
/** Pixels along a cell of its answer. */
const CELL = 4;
/** Cells above this belong to a row, 0–1; a row has at least so many of them. */
const [INSIDE, LEAST_CELLS] = [0.3, 12];
/** The kernel of a row is three quarters as high as its letters: how far each side moves out, as a share of its height. */
const MARGIN = 0.45;
/** A row is the surer the longer it is, up to this share of its height: some seven letters. */
const LONG = 6.8;
/** The most that the longer side of the network's input may have, in pixels. */
const SIDE = 1280;
/**
 * Up to this longer side an image is looked at enlarged as well, because thin strokes at an angle are lost in the cells;
 * beyond, at half the size, because letters may be larger than those that the network knows.
 */
const LARGE = 640;

/** Something like a line of writing, however faint. */
export interface StrokeRow {
  /** A rectangle at any angle, in pixels of the image; may reach beyond it. */
  readonly polygon: Polygon;
  /** 0–1: the mean probability of its cells, less for a short one */
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
      const scales = [scale, side > LARGE ? scale / 2 : 2];
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
  return findComponents(map, INSIDE, LEAST_CELLS).map((cells) => {
    const rect = minAreaRect(componentHull(cells, map.width));
    const [long, short] = [Math.max(rect.length, rect.breadth), Math.min(rect.length, rect.breadth)];
    const corners = rectCorners(growRect(rect, MARGIN * short));
    return {
      polygon: corners.map(([x, y]) => [x * across, y * down] as const),
      score: meanOf(map, cells) * Math.min(1, Math.sqrt(long / short / LONG)),
    };
  });
}

function meanOf({ data }: ProbabilityMap, cells: Component): number {
  return cells.reduce((sum, cell) => sum + (data[cell] as number), 0) / cells.length;
}
