import { describe, expect, it } from 'vitest';
import type { Detection } from '../core/detection.js';
import { boxPolygon, type Box } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import type { Detector } from '../detect/contract.js';
import { lookTwice } from './look-twice.js';

const [WIDTH, HEIGHT] = [96, 64];

/** A bright bar on the left and a faint one on the right. */
function bars(gain: number): PixelImage {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let p = 0; p < WIDTH * HEIGHT; p++) {
    const x = p % WIDTH;
    const level = x >= 8 && x < 24 ? 200 : x >= 56 && x < 80 ? 60 : 10;
    data.fill(Math.round(level * gain), p * 3, p * 3 + 3);
  }
  return { width: WIDTH, height: HEIGHT, channels: 3, data };
}

const place = (x: number): Box => ({ x, y: 0, width: 16, height: HEIGHT });

/** Finds a bar where a pixel of the middle row is brighter than 100, and knows its shape too. */
function barDetector(looks: PixelImage[]): Detector {
  return {
    id: 'bars',
    kind: 'face',
    models: [],
    load: async () => [],
    examine: async (image) => {
      looks.push(image);
      const seen = (x: number): Detection[] => {
        const level = image.data[((HEIGHT / 2) * WIDTH + x + 8) * 3]!;
        const box = place(x);
        const anatomy = { features: [], missing: [] };
        return level > 100
          ? [{ kind: 'face', box, polygon: boxPolygon(box), score: 0.9, detector: 'bars', anatomy }]
          : [];
      };
      return { detections: [...seen(8), ...seen(60)], notExamined: [] };
    },
  };
}

describe('lookTwice', () => {
  it('shows an ordinary photo once', async () => {
    const looks: PixelImage[] = [];
    const { detections, notExamined } = await lookTwice(bars(1), [barDetector(looks)], undefined);
    expect(looks).toHaveLength(1);
    expect(detections.map(({ box }) => box)).toEqual([place(8)]);
    expect(notExamined.size).toBe(0);
  });

  it('shows a dark one again with its contrast stretched, and says that it could not be looked at', async () => {
    const looks: PixelImage[] = [];
    const { detections, notExamined } = await lookTwice(bars(0.1), [barDetector(looks)], undefined);
    expect(looks).toHaveLength(2);
    expect(detections.map(({ box }) => box)).toEqual([place(8), place(60)]);
    expect([...notExamined.keys()]).toEqual(['face', 'tattoo', 'text', 'code']);
    expect(notExamined.get('text')).toEqual({ id: 'not-examined/faint', values: { kind: 'text', share: 1 } });
  });

  it('tells once what both looks see, and lets no skin of a face stay that only the second sees', async () => {
    const { detections } = await lookTwice(bars(0.3), [barDetector([])], undefined);
    expect(detections.map(({ box }) => box)).toEqual([place(8), place(60)]);
    expect(detections.some(({ anatomy }) => anatomy)).toBe(false);
  });

  it('asks a person about a faint photo in which signs of a face were seen, but no face', async () => {
    const suspecting = (detections: readonly Detection[]): Detector => ({
      ...barDetector([]),
      examine: async () => ({ detections, notExamined: [], isSuspected: true }),
    });
    const asked = async (gain: number, detections: readonly Detection[]) => [
      ...(await lookTwice(bars(gain), [suspecting(detections)], undefined)).notExamined.keys(),
    ];
    const eye = {
      kind: 'face',
      feature: 'eye',
      box: place(8),
      polygon: [],
      score: 1,
      detector: 'bars',
    } as const;
    const { feature: _feature, ...face } = eye;
    expect(await asked(0.33, [])).toEqual(['face']);
    expect(await asked(0.33, [eye])).toEqual(['face']);
    expect(await asked(0.33, [face])).toEqual([]);
    expect(await asked(1, [])).toEqual([]);
  });

  it('fails when a detector fails in the second look', async () => {
    const failing: Detector = {
      ...barDetector([]),
      examine: async (image) => {
        if (image.data[0]! > 10) throw new Error('failed');
        return { detections: [], notExamined: [] };
      },
    };
    await expect(lookTwice(bars(0.1), [failing], undefined)).rejects.toMatchObject({ stage: 'detect' });
  });
});
