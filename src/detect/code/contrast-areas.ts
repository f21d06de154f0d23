import { boundingBox, boxesOverlap, boxPolygon, type Box } from '../../core/geometry.js';
import type { GreyImage } from '../../imaging/grey.js';
import { componentHull, findComponents } from '../../imaging/map-components.js';

/** Side of the blocks in which contrast is measured, in pixels; the reader's own. */
const BLOCK = 8;
/** In levels: bars that differ by less than this are not told apart by the reader, nor squares by half as much again. */
const CONTRAST = 16;
/** Blocks around those with contrast that belong to an area: the quiet zone, and gaps inside a code of large squares. */
const AROUND = 3;
/** Areas that cover more than this share of an image save nothing: then it is looked at as a whole. */
const MOST = 0.7;

/**
 * Where a code may be, except for one of squares that are several blocks large: boxes in whole pixels, which do not
 * overlap, around all places with blocks of some contrast on each side.
 */
export function contrastAreas(image: GreyImage): Box[] {
  const columns = Math.ceil(image.width / BLOCK);
  const rows = Math.ceil(image.height / BLOCK);
  const near = grown(solid(contrasts(image, columns, rows), columns, rows), columns, rows);
  const map = { width: columns, height: rows, data: near };
  const boxes = findComponents(map, 0.5, 1).map((cells) => {
    const blocks = boundingBox(componentHull(cells, columns));
    const [x, y] = [blocks.x * BLOCK, blocks.y * BLOCK];
    return {
      x,
      y,
      width: Math.min(blocks.width * BLOCK, image.width - x),
      height: Math.min(blocks.height * BLOCK, image.height - y),
    };
  });
  const areas = withoutOverlap(boxes);
  const covered = areas.reduce((sum, { width, height }) => sum + width * height, 0);
  const whole = { x: 0, y: 0, width: image.width, height: image.height };
  return covered > MOST * image.width * image.height ? [whole] : areas;
}

/** 1 for each block whose pixels differ enough, row by row. */
function contrasts({ width, height, data }: GreyImage, columns: number, rows: number): Uint8Array {
  const marks = new Uint8Array(columns * rows);
  const low = new Uint8Array(columns);
  const high = new Uint8Array(columns);
  for (let row = 0; row < rows; row++) {
    low.fill(255);
    high.fill(0);
    for (let y = row * BLOCK; y < Math.min(height, (row + 1) * BLOCK); y++) {
      for (let column = 0, x = 0, at = y * width; column < columns; column++) {
        let [least, most] = [low[column] as number, high[column] as number];
        for (const end = Math.min(width, x + BLOCK); x < end; x++, at++) {
          const value = data[at] as number;
          if (value < least) least = value;
          if (value > most) most = value;
        }
        low[column] = least;
        high[column] = most;
      }
    }
    for (let column = 0; column < columns; column++) {
      if ((high[column] as number) - (low[column] as number) >= CONTRAST) marks[row * columns + column] = 1;
    }
  }
  return marks;
}

/** Leaves the blocks that are one of four marked ones in a square: a code has an area, a hair or an edge has not. */
function solid(marks: Uint8Array, columns: number, rows: number): Uint8Array {
  const kept = new Uint8Array(marks.length);
  for (let y = 0; y + 1 < rows; y++) {
    for (let x = 0, at = y * columns; x + 1 < columns; x++, at++) {
      const square = [at, at + 1, at + columns, at + columns + 1];
      if (square.every((block) => marks[block] === 1)) for (const block of square) kept[block] = 1;
    }
  }
  return kept;
}

/** Marks every block around a marked one as well. */
function grown(marks: Uint8Array, columns: number, rows: number): Float32Array {
  const near = new Float32Array(marks.length);
  for (let y = 0, at = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, at++) {
      if (marks[at] === 0) continue;
      const [from, to] = [Math.max(0, x - AROUND), Math.min(columns, x + AROUND + 1)];
      for (let row = Math.max(0, y - AROUND); row <= Math.min(rows - 1, y + AROUND); row++) {
        near.fill(1, row * columns + from, row * columns + to);
      }
    }
  }
  return near;
}

/** Boxes that overlap become one, until none do. */
function withoutOverlap(boxes: readonly Box[]): Box[] {
  const apart: Box[] = [];
  for (const box of boxes) {
    let joined = box;
    for (let i = apart.length - 1; i >= 0; i--) {
      const other = apart[i] as Box;
      if (!boxesOverlap(joined, other)) continue;
      joined = boundingBox([...boxPolygon(joined), ...boxPolygon(other)]);
      apart.splice(i, 1);
      i = apart.length;
    }
    apart.push(joined);
  }
  return apart;
}
