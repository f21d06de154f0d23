import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { lesion, skin } from '../../../samples/drawing.mjs';
import type { Detection } from '../../core/detection.js';
import { boxPolygon, type Box } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { contextOf, pixelsPerRidge } from './findings.js';
import type { SeenHand } from './hands.js';
import { openContextScout } from './index.js';
import type { Label } from './labels.js';
import { decodeObjects, type SeenObject } from './objects.js';

const BOX: Box = { x: 0, y: 0, width: 10, height: 10 };
const object = (label: Label, score = 0.9, box = BOX) => ({ label, score, box });
const hand = (side: number, pose: SeenHand['pose'] = 'open', score = 0.9): SeenHand => {
  return { pose, score, box: { x: 0, y: 0, width: side / 2, height: side } };
};
const PHOTO = { width: 100, height: 100 };
const ids = (
  objects: readonly SeenObject[],
  hands: readonly SeenHand[] = [],
  detections: readonly Detection[] = [],
) => contextOf(objects, hands, detections, PHOTO).map(({ id }) => id);

describe('decodeObjects', () => {
  it('gives boxes in pixels of the photo, surest first, each object once', () => {
    const middles = new Float32Array(128 * 128 * 80);
    const sides = new Float32Array(128 * 128 * 4);
    const put = (column: number, row: number, kind: number, score: number, around: readonly number[]) => {
      middles[(row * 128 + column) * 80 + kind] = score;
      sides.set(around, (row * 128 + column) * 4);
    };
    put(32, 80, 63, 0.5, [128, 192, 128, 192]);
    put(96, 32, 0, 0.75, [128, 128, 128, 128]);
    // Beside a surer one; the same again; too weak.
    put(97, 32, 0, 0.7, [132, 128, 124, 128]);
    put(94, 32, 0, 0.5, [126, 128, 130, 122]);
    put(10, 127, 62, 0.25, [8, 8, 8, 8]);
    expect(decodeObjects(middles, sides, { width: 1024, height: 256 })).toEqual([
      { label: 'person', score: 0.75, box: { x: 512, y: 0, width: 512, height: 128 } },
      { label: 'laptop', score: 0.5, box: { x: 0, y: 64, width: 512, height: 192 } },
    ]);
  });
});

describe('contextOf', () => {
  it('counts people by their bodies or their faces, whichever are more', () => {
    const face: Detection = {
      kind: 'face',
      box: BOX,
      polygon: boxPolygon(BOX),
      score: 0.95,
      detector: 'face',
    };
    expect(ids([object('person')], [], [face])).toEqual([]);
    expect(ids([object('person'), object('person')], [], [])).toEqual(['several-people']);
    expect(ids([], [], [face, face])).toEqual(['several-people']);
    expect(ids([], [], [face, { ...face, score: 0.94 }])).toEqual([]);
    expect(ids([], [], [face, { ...face, kind: 'tattoo' }])).toEqual([]);
  });

  it('names once what a background shows, and nothing that it is not sure of', () => {
    const findings = contextOf(
      [object('laptop'), object('laptop'), object('bed'), object('cat')],
      [],
      [],
      PHOTO,
    );
    expect(findings).toEqual([
      { id: 'screen', things: ['laptop'] },
      { id: 'room', things: ['laptop', 'bed'] },
    ]);
    expect(ids([object('car')], [], [])).toEqual(['street']);
    expect(ids([object('car', 0.39)], [], [])).toEqual([]);
  });

  it('does not take skin that fills the frame for furniture', () => {
    expect(ids([object('bed', 0.9, { ...BOX, width: 50, height: 50 })])).toEqual(['room']);
    expect(ids([object('bed', 0.9, { ...BOX, width: 51, height: 50 })])).toEqual([]);
  });

  it('reports ridges where a hand is large enough for three pixels each', () => {
    expect(pixelsPerRidge(hand(1080))).toBe(3);
    expect(ids([], [hand(1080)], [])).toEqual(['hand-ridges']);
    expect(ids([], [hand(1070)], [])).toEqual([]);
    expect(ids([], [hand(600, 'fist')], [])).toEqual(['hand-ridges']);
    expect(ids([], [hand(1080, 'open', 0.8)], [])).toEqual([]);
  });
});

describe('the scout', () => {
  async function pixelsOf(picture: Sharp): Promise<PixelImage> {
    const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, channels: 3, data };
  }

  it('sees several people in a photo that ships with a development dependency, and names its models', async () => {
    const main = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json');
    const scout = await openContextScout();
    const photo = await pixelsOf(sharp(join(dirname(main), 'demo/sample6.jpg')).resize(800));
    expect((await scout.look(photo, [])).map(({ id }) => id)).toContain('several-people');
    expect(scout.models.map(({ id }) => id)).toEqual(['centernet', 'handtrack']);
  });

  it('sees nothing around a lesion on skin', async () => {
    const photo = await pixelsOf(await skin(640, 480, 53, lesion(320, 240, 70)));
    expect(await (await openContextScout()).look(photo, [])).toEqual([]);
  });
});
