import { describe, expect, it } from 'vitest';
import type { PixelImage } from '../../core/image.js';
import type { OnnxModel } from '../../models/onnx-engine.js';
import { decodeParts, type FacePart } from './decode-parts.js';
import { lookForParts } from './face-net.js';
import { DIRECTIONS, laid, laidBack, meanMap } from './directions.js';
import { joinParts } from './join-parts.js';

/** In planes of five: face, eye, nose, mouth, ear. */
const PLANES = 25;

/** Three by two cells of eight pixels; `cells` lists part, column, row, score and the four distances. */
function mapOf(...cells: readonly number[][]) {
  const data = new Float32Array(PLANES * 6);
  for (const [part, column, row, ...values] of cells) {
    values.forEach((value, plane) => (data[(part! * 5 + plane) * 6 + row! * 3 + column!] = value));
  }
  return { stride: 8, width: 3, height: 2, data };
}

describe('decodeParts', () => {
  it('measures a part from the middle of its cell', () => {
    expect(decodeParts(mapOf([3, 2, 1, 0.5, 3, 4, 5, 6]), 0.3)).toEqual([
      { part: 'mouth', box: { x: 20 - 3, y: 12 - 4, width: 8, height: 10 }, score: 0.5 },
    ]);
  });

  it('takes the highest of neighbouring cells of each part, and none below the least score', () => {
    const map = mapOf([0, 0, 0, 0.5, 1, 1, 1, 1], [0, 1, 0, 0.75, 1, 1, 1, 1], [4, 1, 1, 0.625, 1, 1, 1, 1]);
    expect(decodeParts(map, 0.3).map(({ part, score }) => [part, score])).toEqual([
      ['face', 0.75],
      ['ear', 0.625],
    ]);
    expect(decodeParts(mapOf([1, 0, 0, 0.25, 1, 1, 1, 1]), 0.3)).toEqual([]);
  });
});

describe('lookForParts', () => {
  /** A bright upper left corner, so that all eight directions differ. */
  const image: PixelImage = { width: 400, height: 100, channels: 3, data: new Uint8Array(400 * 100 * 3) };
  for (let row = 0; row < 10; row++) image.data.fill(255, row * 1200, row * 1200 + 30);

  /** Sees a nose of one cell in the bright corner. */
  const answering = (
    planes: number,
    shown: readonly number[],
    inputs: (readonly number[])[] = [],
  ): OnnxModel => ({
    engine: 'none',
    inputNames: ['image'],
    outputNames: ['boxes', 'mask', 'shown'],
    run: ({ image }) => {
      const [, , height, width] = image!.dims as [number, number, number, number];
      inputs.push([width, height]);
      const plane = (width * height) / 64;
      const data = new Float32Array(planes * plane);
      const corners = [0, width - 1, (height - 1) * width, height * width - 1];
      const bright = corners.findIndex((at) => image!.data[at]! > 128);
      const cells = [0, width / 8 - 1, (height / 8 - 1) * (width / 8), plane - 1];
      [0.5, 4, 4, 4, 4].forEach((value, i) => (data[(2 * 5 + i) * plane + cells[bright]!] = value));
      return Promise.resolve({
        mask: {
          data: Float32Array.from({ length: plane }, (_, cell) => (cell === cells[bright] ? 0.75 : 0.25)),
          dims: [1, 1, height / 8, width / 8],
        },
        boxes: { data, dims: [1, planes, height / 8, width / 8] },
        shown: { data: Float32Array.from(shown), dims: [1, shown.length] },
      });
    },
  });

  it('sees the whole photo in eight directions at 320 pixels, a narrow one at no less than 64, and answers in the photo’s pixels', async () => {
    const inputs: (readonly number[])[] = [];
    const seen = await lookForParts(answering(PLANES, [0.25, 0.75], inputs), image);
    const { parts, shown } = seen;
    await lookForParts(answering(PLANES, [0, 0], inputs), {
      ...image,
      height: 10,
    });
    const upright = inputs.filter(([width]) => width === 320).map(([, height]) => height);
    const turned = inputs.filter(([, height]) => height === 320).map(([width]) => width);
    expect([upright, turned]).toEqual([
      [96, 96, 96, 96, 64, 64, 64, 64],
      [96, 96, 96, 96, 64, 64, 64, 64],
    ]);
    expect(shown).toBe(0.75);
    // In the middle of the nose's cell, and far from it.
    expect(seen.visible([5, 4])).toBeCloseTo(0.75, 5);
    expect(seen.visible([300, 80])).toBeCloseTo(0.25, 5);
    const [nose, ...rest] = parts;
    expect(rest).toEqual([]);
    expect([nose!.part, nose!.score]).toEqual(['nose', 0.5]);
    // 400 by 100 pixels are shown at 320 by 96.
    expect([nose!.box.x, nose!.box.y, nose!.box.width, nose!.box.height]).toEqual(
      [0, 0, 8 * (400 / 320), 8 * (100 / 96)].map((number) => expect.closeTo(number, 5) as number),
    );
  });

  it('refuses an answer of another size', async () => {
    for (const model of [answering(20, [0, 0]), answering(PLANES, [0])]) {
      await expect(lookForParts(model, image)).rejects.toMatchObject({ code: 'detector-failed' });
    }
  });
});

describe('directions', () => {
  /** A bright spot at the upper right. */
  const spot = { x: 16, y: 0, width: 8, height: 11 };
  const input = {
    data: Float32Array.from({ length: 24 * 16 }, (_, i) =>
      i % 24 >= spot.x && i < 24 * spot.height ? 1 : 0,
    ),
    dims: [1, 1, 16, 24],
  };

  it('are eight, all different', () => {
    const laidOut = DIRECTIONS.map((direction) => laid(input, direction));
    expect(new Set(laidOut.map(({ data, dims }) => JSON.stringify([dims, [...data]]))).size).toBe(8);
    expect(laidOut[0]).toEqual(input);
  });

  it.each(DIRECTIONS)('are undone in the answer: %j', (direction) => {
    const { data, dims } = laid(input, direction);
    const [, , height, width] = dims as [number, number, number, number];
    const answer = new Float32Array((PLANES * height * width) / 64);
    const lit = [...data.keys()].filter((at) => data[at] === 1);
    const [columns, rows] = [lit.map((at) => at % width), lit.map((at) => Math.floor(at / width))];
    const [left, right] = [Math.min(...columns), Math.max(...columns) + 1];
    const [upper, lower] = [Math.min(...rows), Math.max(...rows) + 1];
    const [column, row] = [Math.floor((left + right) / 16), Math.floor((upper + lower) / 16)];
    const [x, y] = [(column + 0.5) * 8, (row + 0.5) * 8];
    [0.5, x - left, y - upper, right - x, lower - y].forEach((value, plane) => {
      answer[(plane * height * width) / 64 + (row * width) / 8 + column] = value;
    });
    const map = { stride: 8, width: width / 8, height: height / 8, data: answer };
    expect(decodeParts(laidBack(map, direction), 0.3)).toEqual([{ part: 'face', box: spot, score: 0.5 }]);
  });
});

describe('meanMap', () => {
  it('is the mean of the scores, with the distances of the surer look', () => {
    const map = meanMap([mapOf([0, 0, 1, 0.75, 1, 2, 3, 4]), mapOf([0, 0, 1, 0.25, 5, 6, 7, 8])]);
    const values = [0, 1, 2, 3, 4].map((plane) => map.data[plane * 6 + 3]);
    expect(values).toEqual([0.5, 2, 3, 4, 5].map((value) => expect.closeTo(value, 4) as number));
    expect(map.data[5]).toBe(0);
  });
});

describe('joinParts', () => {
  const thresholds = { face: 0.5, faceWithFeatures: 0.25, supporting: 0.375, feature: 0.25 };
  const part = (kind: FacePart['part'], x: number, y: number, side: number, score: number): FacePart => {
    return { part: kind, box: { x, y, width: side, height: side }, score };
  };
  const join = (...parts: FacePart[]) => {
    const { faces, features } = joinParts(parts, thresholds, ({ box }) => box.width >= 100);
    return {
      faces: faces.map(({ box, score }) => [box.x, box.width, score]),
      features: features.map(({ feature, score }) => [feature, score]),
    };
  };

  it('believes a sure face once, together with its features', () => {
    const found = join(
      part('face', 0, 0, 100, 0.75),
      part('face', 4, 0, 100, 0.625),
      part('nose', 40, 40, 20, 0.5),
    );
    expect(found).toEqual({ faces: [[0, 100, 0.75]], features: [] });
  });

  it('believes a doubtful face only with two features in it', () => {
    const doubtful = part('face', 0, 0, 100, 0.25);
    const nose = part('nose', 40, 40, 20, 0.5);
    expect(join(doubtful, nose)).toEqual({ faces: [], features: [['nose', 0.5]] });
    expect(join(doubtful, nose, part('mouth', 40, 70, 20, 0.5)).faces).toEqual([[0, 100, 0.25]]);
    // The mouth is reported, but makes no face.
    expect(join(doubtful, nose, part('mouth', 40, 70, 20, 0.25))).toEqual({
      faces: [],
      features: [
        ['nose', 0.5],
        ['mouth', 0.25],
      ],
    });
  });

  it('believes a face without any feature only when it is confirmed', () => {
    expect(join(part('face', 0, 0, 99, 0.75)).faces).toEqual([]);
    const nose = part('nose', 40, 40, 20, 0.375);
    expect(join(part('face', 0, 0, 99, 0.75), nose)).toEqual({ faces: [[0, 99, 0.75]], features: [] });
    // A feature that supports nothing does not confirm it either.
    expect(join(part('face', 0, 0, 99, 0.75), part('nose', 40, 40, 20, 0.25))).toEqual({
      faces: [],
      features: [['nose', 0.25]],
    });
  });

  it('makes a face of two features of one head, and of no more than one head', () => {
    const nose = part('nose', 40, 40, 20, 0.5);
    expect(join(nose, part('mouth', 36, 70, 28, 0.625))).toEqual({ faces: [[36, 28, 0.5]], features: [] });
    expect(join(nose, part('mouth', 140, 40, 20, 0.625)).features).toEqual([
      ['mouth', 0.625],
      ['nose', 0.5],
    ]);
    expect(join(nose, part('nose', 70, 40, 20, 0.5)).faces).toEqual([]);
    expect(join(part('eye', 40, 40, 20, 0.5), part('eye', 80, 40, 20, 0.5)).faces).toEqual([[40, 60, 0.5]]);
  });
});
