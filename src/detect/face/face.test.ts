import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { boxIou, type Box } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { decodeFaces } from '../network/decode-faces.js';
import type { FaceMap } from '../network/face-map.js';
import { decodeBlazeface } from './blazeface-boxes.js';
import { faceDetector } from './index.js';
import { selectFaces, type SeenFace } from './select-faces.js';
import { boxToSource, placeView, type Turns } from './view.js';
import { viewPixels } from './view-pixels.js';
import { faceViews } from './views.js';

const TURNS: readonly Turns[] = [0, 1, 2, 3];

describe('a view', () => {
  it.each(TURNS)('turned %i times maps its content’s corners back onto the region', (turns) => {
    const view = { region: { x: 10, y: 20, width: 300, height: 200 }, turns, fill: 0.5 } as const;
    const place = placeView(view, 256);
    const box = { x: place.left, y: place.top, width: place.width, height: place.height };
    const corners = boxToSource(view, 256, box);
    const sorted = (points: readonly (readonly number[])[]) =>
      points.map((p) => p.map(Math.round).join()).sort();
    expect(sorted(corners)).toEqual(
      sorted([
        [10, 20],
        [310, 20],
        [310, 220],
        [10, 220],
      ]),
    );
  });

  it.each(TURNS)('turned %i times shows the model the pixel that maps back to it', async (turns) => {
    const image: PixelImage = { width: 64, height: 64, channels: 3, data: new Uint8Array(64 * 64 * 3) };
    const [x, y] = [50, 9];
    for (let c = 0; c < 3; c++) image.data[(y * 64 + x) * 3 + c] = 255;
    const view = { region: { x: 0, y: 0, width: 64, height: 64 }, turns, fill: 1 } as const;
    const input = await viewPixels(image, view, 64);
    const at = input.indexOf(1) / 3;
    const [[left, top], , [right, bottom]] = boxToSource(view, 64, {
      x: at % 64,
      y: Math.floor(at / 64),
      width: 1,
      height: 1,
    }) as [[number, number], unknown, [number, number]];
    expect([Math.min(left, right), Math.min(top, bottom)].map(Math.round)).toEqual([x, y]);
  });
});

describe('faceViews', () => {
  it('shows the whole photo in four directions, with and without a margin', () => {
    const views = faceViews(200, 150);
    expect(views).toHaveLength(8);
    expect(new Set(views.map(({ turns, fill }) => `${turns} ${fill}`)).size).toBe(8);
    for (const { region } of views) expect(region).toEqual({ x: 0, y: 0, width: 200, height: 150 });
  });
});

describe('decodeBlazeface', () => {
  it('centres an anchor on its cell', () => {
    const logits = new Float32Array(512).fill(-9);
    logits[2 * (3 * 16 + 5)] = 9;
    const codes = new Float32Array(512 * 16);
    codes.set([1, -2, 40, 60], 2 * (3 * 16 + 5) * 16);
    const [face, ...rest] = decodeBlazeface(logits, codes, { stride: 16, perCell: 2, size: 256 }, 0.5);
    expect(rest).toEqual([]);
    expect(face!.box).toEqual({ x: 5.5 * 16 + 1 - 20, y: 3.5 * 16 - 2 - 30, width: 40, height: 60 });
  });
});

describe('decodeFaces', () => {
  /** Three by two cells of eight pixels; `cells` lists column, row, score and the four distances. */
  function faceMap(...cells: readonly number[][]): FaceMap {
    const data = new Float32Array(5 * 6);
    for (const [column, row, ...values] of cells) {
      values.forEach((value, plane) => (data[plane * 6 + row! * 3 + column!] = value));
    }
    return { stride: 8, width: 3, height: 2, data };
  }

  it('measures a face from the centre of its cell', () => {
    const [face, ...rest] = decodeFaces(faceMap([2, 1, 0.5, 3, 4, 5, 6]), 0.3);
    expect(rest).toEqual([]);
    expect(face).toEqual({ box: { x: 20 - 3, y: 12 - 4, width: 8, height: 10 }, score: 0.5 });
  });

  it('takes the highest of neighbouring cells, and none below the least score', () => {
    const faces = decodeFaces(faceMap([0, 0, 0.5, 1, 1, 1, 1], [1, 0, 0.75, 1, 1, 1, 1]), 0.3);
    expect(faces.map(({ score }) => score)).toEqual([0.75]);
    expect(decodeFaces(faceMap([0, 0, 0.25, 1, 1, 1, 1]), 0.3)).toEqual([]);
  });
});

describe('selectFaces', () => {
  const thresholds = { large: 0.5, small: 0.75, largeFrom: 0.15, ownConfirmed: 0.25, confirms: 0.625 };
  /** In a photo that is 100 pixels long, 20 are a large face. */
  const face = (x: number, score: number, scale = 1) => {
    return { box: { x, y: 10, width: 20, height: 20 }, score, scale };
  };
  const select = (own: Parameters<typeof selectFaces>[0], second: readonly SeenFace[] = [], side = 100) =>
    selectFaces(own, second, side, thresholds).map(({ box, score }) => [box.x, score]);

  it('lists a face once, by its best score, where its boxes say in the mean', () => {
    expect(select([face(10, 0.25), face(11, 0.75), face(60, 0.625)])).toEqual([
      [10.75, 0.75],
      [60, 0.625],
    ]);
  });

  it('takes looks of different scales at a small face for independent witnesses', () => {
    expect(select([face(10, 0.5, 1), face(10, 0.5, 2)], [], 1000)).toEqual([[10, 0.75]]);
    expect(select([face(10, 0.5, 1), face(10, 0.5, 1)], [], 1000)).toEqual([]);
    expect(select([face(10, 0.5, 1), face(10, 0.5, 2)])).toEqual([[10, 0.5]]);
  });

  it('drops a part that the head around a surer face covers whole, and nothing that sticks out of it', () => {
    const whole = face(10, 0.75);
    const ear = { box: { x: 28, y: 12, width: 4, height: 16 }, score: 0.625, scale: 1 };
    const behind = { ...ear, box: { x: 28, y: 12, width: 9, height: 16 } };
    expect(select([whole, ear])).toEqual([[10, 0.75]]);
    expect(select([whole, behind])).toEqual([
      [10, 0.75],
      [28, 0.625],
    ]);
    expect(select([whole, { ...ear, score: 0.875 }])).toEqual([
      [28, 0.875],
      [10, 0.75],
    ]);
  });

  it('believes a doubtful face when the second network sees it too', () => {
    const doubtful = face(10, 0.25);
    expect(select([doubtful])).toEqual([]);
    expect(select([doubtful], [face(60, 0.75)])).toEqual([]);
    expect(select([doubtful], [face(12, 0.75)])).toEqual([[10, 0.25]]);
    expect(select([doubtful], [face(12, 0.5)])).toEqual([]);
  });

  it('does not believe the second network alone', () => {
    expect(select([], [face(10, 0.99)])).toEqual([]);
  });
});

describe('faceDetector on a photo that ships with a development dependency', () => {
  const detector = faceDetector();
  /** Eyes to mouth of the four people, as drawn by hand in upright pixels. */
  const faces: Box[] = [
    { x: 134, y: 250, width: 30, height: 40 },
    { x: 297, y: 178, width: 30, height: 40 },
    { x: 521, y: 166, width: 30, height: 40 },
    { x: 649, y: 146, width: 30, height: 40 },
  ];
  let upright: PixelImage;

  beforeAll(async () => {
    const main = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json');
    const file = sharp(join(dirname(main), 'demo/sample6.jpg'))
      .resize(800)
      .removeAlpha()
      .raw();
    const { data, info } = await file.toBuffer({ resolveWithObject: true });
    upright = { width: info.width, height: info.height, channels: 3, data };
  });

  it('finds every face, and names both models', async () => {
    expect((await detector.load()).map(({ id }) => id)).toEqual(['patient-photo-net', 'blazeface']);
    const { detections, notExamined } = await detector.examine(upright);
    expect(notExamined).toEqual([]);
    for (const face of faces) {
      expect(detections.some(({ box }) => boxIou(intersection(box, face), face) > 0.9)).toBe(true);
    }
  });

  it('finds faces that lie on their side', async () => {
    const { width, height, channels, data } = upright;
    const turned = await sharp(data, { raw: { width, height, channels } }).rotate(90).raw().toBuffer();
    const { detections } = await detector.examine({ width: height, height: width, channels, data: turned });
    const found = faces.filter((face) => {
      const lying = { x: height - face.y - face.height, y: face.x, width: face.height, height: face.width };
      return detections.some(({ box }) => boxIou(intersection(box, lying), lying) > 0.9);
    });
    expect(found.length).toBeGreaterThanOrEqual(3);
  });

  it('finds nothing on plain skin', async () => {
    const skin = new Uint8Array(320 * 240 * 3).map((_, i) => [214, 168, 146][i % 3]!);
    expect((await detector.examine({ width: 320, height: 240, channels: 3, data: skin })).detections).toEqual(
      [],
    );
  });
});

function intersection(a: Box, b: Box): Box {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y),
  };
}
