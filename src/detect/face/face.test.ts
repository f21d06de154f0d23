import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { boxIou, type Box } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { decodeCenterface } from './decode-centerface.js';
import { decodeRetinaface } from './decode-retinaface.js';
import { openSecondFaceFinder } from './face-finder.js';
import { faceDetector } from './index.js';
import { cellMap, type CellMap } from '../../models/cell-map.js';
import { inPhoto } from './seen-face.js';
import { selectFaces } from './select-faces.js';
import { isWorthALook, planFaceViewports } from './viewports.js';

describe('planFaceViewports', () => {
  const sizes = (width: number, height: number) => {
    const { whole, closer } = planFaceViewports(width, height);
    return [whole, closer].map((viewports) => viewports.map((viewport) => [viewport.width, viewport.height]));
  };

  it('sees a photo whole at 160, 320 and 640 pixels, and enlarged', () => {
    expect(sizes(640, 480)).toEqual([
      [
        [160, 128],
        [320, 256],
        [640, 480],
      ],
      [[1280, 960]],
    ]);
  });

  it('sees a large one whole at 1280 pixels too, and in tiles at full size', () => {
    const { whole, closer } = planFaceViewports(4032, 3024);
    expect(whole.map((viewport) => viewport.width)).toEqual([160, 320, 640, 1280]);
    expect(closer).toHaveLength(20);
    for (const { part, width, height } of closer) {
      expect([part.width, part.height]).toEqual([width, height]);
    }
  });
});

describe('isWorthALook', () => {
  /** The whole photo of 4000 × 3000 at 1280 × 960: 0.32 of its size. */
  const smaller = { part: { x: 0, y: 0, width: 4000, height: 3000 }, width: 1280, height: 960 };
  const tile = { part: { x: 1000, y: 1000, width: 960, height: 960 }, width: 960, height: 960 };
  const face = (x: number, y: number, score: number, side = 10) => {
    return { box: { x, y, width: 10, height: side }, score };
  };

  it('is a tile in which, or in whose border, a small face may be', () => {
    // The tile shows 320 to 627.2 of the smaller look, both ways.
    for (const [x, y] of [
      [400, 400],
      [310.1, 400],
      [627.1, 627.1],
    ] as const) {
      expect(isWorthALook(tile, smaller, [face(x, y, 0.2)])).toBe(true);
    }
  });

  it('is not one without such a face, with an unlikely one, one elsewhere or one that the smaller look shows large', () => {
    expect(isWorthALook(tile, smaller, [])).toBe(false);
    expect(isWorthALook(tile, smaller, [face(400, 400, 0.19), face(640, 400, 1)])).toBe(false);
    expect(isWorthALook(tile, smaller, [face(400, 400, 1, 64)])).toBe(true);
    expect(isWorthALook(tile, smaller, [face(400, 400, 1, 65)])).toBe(false);
  });

  it('is every tile of a photo that the smaller look shows much smaller', () => {
    const large = { ...smaller, part: { x: 0, y: 0, width: 4300, height: 3225 } };
    expect(isWorthALook(tile, large, [])).toBe(true);
  });
});

/** Three by two cells; `cells` lists column, row and the values of the planes. */
function mapOf(stride: number, planes: number, ...cells: readonly number[][]): CellMap {
  const data = new Float32Array(planes * 6);
  for (const [column, row, ...values] of cells) {
    values.forEach((value, plane) => (data[plane * 6 + row! * 3 + column!] = value));
  }
  return { stride, width: 3, height: 2, data };
}

describe('decodeCenterface', () => {
  it('measures a face from the middle of its cell, in cells', () => {
    const maps = {
      score: mapOf(4, 1, [2, 1, 0.5], [0, 0, 0.25]),
      size: mapOf(4, 2, [2, 1, Math.log(3), Math.log(2)]),
      offset: mapOf(4, 2, [2, 1, 0.5, -0.25]),
    };
    const [face, ...rest] = decodeCenterface(maps, 0.3);
    expect(rest).toEqual([]);
    expect(face!.score).toBe(0.5);
    // Middle at (2.5 - 0.25, 1.5 + 0.5) cells; 2 cells wide, 3 high.
    expect([face!.box.x, face!.box.y, face!.box.width, face!.box.height]).toEqual(
      [5, 2, 8, 12].map((number) => expect.closeTo(number, 4) as number),
    );
  });
});

describe('decodeRetinaface', () => {
  it('measures a face from its anchor', () => {
    const maps = {
      score: mapOf(8, 2, [1, 1, 0, 0.75]),
      codes: mapOf(8, 8, [1, 1, 9, 9, 9, 9, 5, -2.5, 0, 5 * Math.log(2)]),
      // Of the second anchor: 5 points, the first 20 to the right and 10 up of the cell's middle.
      points: mapOf(8, 20, [1, 1, ...new Array<number>(10).fill(9), 6.25, -3.125, 0, 0, 0, 0, 0, 0, 0, 0]),
      sides: [16, 32],
    };
    const [face, ...rest] = decodeRetinaface(maps, 0.3);
    expect(rest).toEqual([]);
    expect(face!.score).toBe(0.75);
    expect(face!.points).toEqual([[32, 2], ...new Array<number[]>(4).fill([12, 12])]);
    // The anchor of 32 pixels around (12, 12), moved by 16 and −8: 32 wide, 64 high.
    expect([face!.box.x, face!.box.y, face!.box.width, face!.box.height]).toEqual(
      [12, -28, 32, 64].map((number) => expect.closeTo(number, 4) as number),
    );
  });
});

describe('cellMap', () => {
  const viewport = { part: { x: 0, y: 0, width: 64, height: 64 }, width: 64, height: 32 };

  it('refuses a map of another size, and none', () => {
    const output = { data: new Float32Array(2 * 8 * 4), dims: [1, 2, 4, 8] };
    expect(cellMap('net', output, viewport, 8, 2)).toMatchObject({ stride: 8, width: 8, height: 4 });
    for (const [wrong, planes] of [
      [output, 1],
      [undefined, 2],
    ] as const) {
      expect(() => cellMap('net', wrong, viewport, 8, planes)).toThrow(
        'The model net gave a map of an unexpected size',
      );
    }
  });
});

describe('inPhoto', () => {
  it('undoes a viewport’s stretching and moving', () => {
    const viewport = { part: { x: 100, y: 50, width: 200, height: 60 }, width: 400, height: 180 };
    expect(inPhoto({ box: { x: 40, y: 30, width: 20, height: 60 }, score: 1 }, viewport)).toEqual({
      box: { x: 120, y: 60, width: 10, height: 20 },
      score: 1,
    });
  });
});

describe('selectFaces', () => {
  const thresholds = { large: 0.5, small: 0.75, largeFrom: 0.15 };
  /** In a photo that is 100 pixels long, 20 are a large face. */
  const face = (x: number, score: number, scale = 1) => {
    return { box: { x, y: 10, width: 20, height: 20 }, score, scale };
  };
  const select = (seen: Parameters<typeof selectFaces>[0], side = 100) =>
    selectFaces(seen, side, thresholds).map(({ box, score }) => [box.x, score]);

  it('lists a face once, with its best score, at the mean of its boxes', () => {
    expect(select([face(10, 0.25), face(11, 0.75), face(60, 0.625)])).toEqual([
      [10.75, 0.75],
      [60, 0.625],
    ]);
  });

  it('takes looks of different scales at a small face for independent witnesses', () => {
    expect(select([face(10, 0.5, 1), face(10, 0.5, 2)], 1000)).toEqual([[10, 0.75]]);
    expect(select([face(10, 0.5, 1), face(10, 0.5, 1)], 1000)).toEqual([]);
    expect(select([face(10, 0.5, 1), face(10, 0.5, 2)])).toEqual([[10, 0.5]]);
  });

  it('drops a part that lies wholly in the head around a surer face, and nothing that sticks out of it', () => {
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

  it('believes no face below its threshold', () => {
    expect(select([face(10, 0.49)])).toEqual([]);
    expect(select([face(10, 0.74)], 1000)).toEqual([]);
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
    expect((await detector.load()).map(({ id }) => id)).toEqual(['centerface', 'patient-face-net']);
    const { detections, notExamined } = await detector.examine(upright);
    expect(notExamined).toEqual([]);
    for (const face of faces) {
      expect(detections.some(({ box }) => boxIou(intersection(box, face), face) > 0.9)).toBe(true);
    }
  });

  it('finds faces lying on their side', async () => {
    const { width, height, channels, data } = upright;
    const turned = await sharp(data, { raw: { width, height, channels } }).rotate(90).raw().toBuffer();
    const { detections } = await detector.examine({ width: height, height: width, channels, data: turned });
    const found = faces.filter((face) => {
      const lying = { x: height - face.y - face.height, y: face.x, width: face.height, height: face.width };
      return detections.some(({ box }) => boxIou(intersection(box, lying), lying) > 0.9);
    });
    expect(found.length).toBeGreaterThanOrEqual(3);
  });

  it('is not the only network that finds them: that of the check does too', async () => {
    const found = (await (await openSecondFaceFinder()).find(upright)).filter(({ score }) => score >= 0.8);
    for (const face of faces) {
      expect(found.some(({ box }) => boxIou(intersection(box, face), face) > 0.9)).toBe(true);
    }
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
