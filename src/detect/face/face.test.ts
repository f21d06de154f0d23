import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { boxIou, type Box } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { decodeBlazeface } from './blazeface-boxes.js';
import { faceDetector } from './index.js';
import { selectFaces } from './select-faces.js';
import { decodeSsd } from './ssd-boxes.js';
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
  it('covers the photo with every grid of tiles', () => {
    const tiles = faceViews(4000, 3000, { close: [], tilings: [2, 4] }).slice(4);
    for (const side of new Set(tiles.map(({ region }) => region.width))) {
      const grid = tiles.filter(({ region }) => region.width === side).map(({ region }) => region);
      for (let y = 0; y < 3000; y += 50) {
        for (let x = 0; x < 4000; x += 50) {
          expect(grid.some((r) => x >= r.x && x < r.x + r.width && y >= r.y && y < r.y + r.height)).toBe(
            true,
          );
        }
      }
    }
  });

  it('has no tiles for a small photo', () => {
    expect(faceViews(200, 150, { close: [0], tilings: [2, 4] })).toHaveLength(5);
  });
});

describe('decoding', () => {
  it('of BlazeFace centres an anchor on its cell', () => {
    const logits = new Float32Array(512).fill(-9);
    logits[2 * (3 * 16 + 5)] = 9;
    const codes = new Float32Array(512 * 16);
    codes.set([1, -2, 40, 60], 2 * (3 * 16 + 5) * 16);
    const [face, ...rest] = decodeBlazeface(logits, codes, { stride: 16, perCell: 2, size: 256 }, 0.5);
    expect(rest).toEqual([]);
    expect(face!.box).toEqual({ x: 5.5 * 16 + 1 - 20, y: 3.5 * 16 - 2 - 30, width: 40, height: 60 });
  });

  it('of the SSD gives back the anchor for codes of zero', () => {
    const anchors = Float32Array.of(0.25, 0.5, 0.5, 1);
    const outputs = { boxes: new Float32Array(4), classes: Float32Array.of(0, 5, 0) };
    const [face] = decodeSsd(outputs, anchors, 512, 0.5);
    expect(face!.box).toEqual({ x: 256, y: 128, width: 256, height: 128 });
  });
});

describe('selectFaces', () => {
  const photo = { width: 100, height: 100 };
  const seen = (box: Box, score: number, look: string, believedFrom = 0.5, believedAloneFrom = 0) => ({
    box,
    score,
    look,
    believedFrom,
    believedAloneFrom,
  });
  const large = { x: 10, y: 10, width: 60, height: 70 };
  const small = { x: 10, y: 10, width: 20, height: 20 };

  it('believes a small face that was seen once, and a large one only when it was seen in two ways', () => {
    expect(selectFaces([seen(small, 0.6, 'a')], photo)).toHaveLength(1);
    expect(selectFaces([seen(large, 0.99, 'a')], photo)).toEqual([]);
    expect(selectFaces([seen(large, 0.9, 'a'), seen(large, 0.99, 'a')], photo)).toEqual([]);
    expect(selectFaces([seen(large, 0.6, 'a'), seen(large, 0.7, 'b', 0.9)], photo)).toHaveLength(1);
  });

  it('believes a doubtful face only when another look hints at it', () => {
    const doubtful = seen(small, 0.7, 'a', 0.6, 0.85);
    expect(selectFaces([doubtful], photo)).toEqual([]);
    expect(selectFaces([doubtful, seen(small, 0.3, 'b', 0.6)], photo)).toEqual([doubtful]);
    expect(selectFaces([seen(small, 0.85, 'a', 0.6, 0.85)], photo)).toHaveLength(1);
  });

  it('lists a face once, by its best score, and leaves out what is not believed', () => {
    const faces = [seen(small, 0.6, 'a'), seen({ ...small, x: 11 }, 0.8, 'b'), seen(small, 0.4, 'c')];
    expect(selectFaces(faces, photo)).toEqual([faces[1]]);
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
    expect((await detector.load()).map(({ id }) => id)).toEqual(['blazeface', 'ssd-mobilenet-face']);
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
