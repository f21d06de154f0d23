import { describe, expect, it } from 'vitest';
import { faded } from '../../tests/support/faded.js';
import { FACES, peoplePhoto } from '../../tests/support/people-photo.js';
import { pictureWithWord, WORD } from '../../tests/support/picture-with-word.js';
import { boxIou } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import type { Detector } from '../detect/contract.js';
import { composeToolbox } from '../compose.js';
import { formatById } from '../formats/index.js';
import { lookAtImage } from './examine-image.js';
import { DEFAULT_SETTINGS, type ProcessSettings } from './settings.js';
import { Stopwatch } from './stopwatch.js';

const BOX = { x: 4000, y: 700, width: 2000, height: 1400 };

/** Says of every image that its right quarter is a code, and notes the images that it was shown. */
function quarterDetector(shown: PixelImage[]): Detector {
  return {
    id: 'quarter',
    kind: 'code',
    models: [],
    load: async () => [],
    examine: async (image) => {
      shown.push(image);
      const { width, height } = image;
      const box = { x: 0.5 * width, y: 0.25 * height, width: 0.25 * width, height: 0.5 * height };
      const polygon = [
        [box.x, box.y],
        [box.x + box.width, box.y],
        [box.x + box.width, box.y + box.height],
        [box.x, box.y + box.height],
      ] as const;
      return { detections: [{ kind: 'code', box, polygon, score: 1, detector: 'quarter' }], notExamined: [] };
    },
  };
}

async function look(settings: Partial<ProcessSettings>) {
  const toolbox = await composeToolbox();
  const [width, height] = [8000, 2800];
  const pixels: PixelImage = {
    width,
    height,
    channels: 3,
    data: new Uint8Array(width * height * 3).fill(200),
  };
  const read = {
    format: formatById('png'),
    source: { format: 'png', frames: [{ pixels }] } as const,
    metadata: [],
    trailingBytes: 0,
  };
  const shown: PixelImage[] = [];
  const { detections } = await lookAtImage(
    read,
    { ...DEFAULT_SETTINGS, ...settings },
    { ...toolbox, detectors: [quarterDetector(shown)] },
    new Stopwatch(),
  );
  return { shown: shown.map(({ width, height }) => [width, height]), box: detections[0]?.[0]?.box };
}

describe('lookAtImage', () => {
  it('shows detectors twice the size at which a photo is published, and gives places on the photo itself', async () => {
    expect(await look({ destination: 'public' })).toEqual({ shown: [[4096, 1434]], box: BOX });
  });

  it('shows the photo itself when its destination takes half its size or any size', async () => {
    expect(await look({ destination: 'professional' })).toEqual({ shown: [[8000, 2800]], box: BOX });
    expect(await look({ destination: 'clinical' })).toEqual({ shown: [[8000, 2800]], box: BOX });
  });

  it('shows the photo itself when only a part of it is published', async () => {
    const keep = [{ x: 10, y: 10, width: 100, height: 100 }];
    expect((await look({ destination: 'public', keep, cropToKeep: true })).shown).toEqual([[8000, 2800]]);
    expect((await look({ destination: 'public', keep })).shown).toEqual([[4096, 1434]]);
  });
});

describe('lookAtImage at what is hardly to be seen', () => {
  async function examined(pixels: PixelImage) {
    const read = {
      format: formatById('png'),
      source: { format: 'png', frames: [{ pixels }] } as const,
      metadata: [],
      trailingBytes: 0,
    };
    const toolbox = await composeToolbox();
    const { detections, notExamined } = await lookAtImage(read, DEFAULT_SETTINGS, toolbox, new Stopwatch());
    return { detections: detections.flat(), notExamined: notExamined.map(({ kind }) => kind) };
  }

  it.each([
    ['dark', 0.03, 0],
    ['fog', 0.06, 200],
  ])('finds faces and a word in the %s, and asks a person', async (_, share, fog) => {
    const people = await examined(faded(await peoplePhoto(), share, fog));
    for (const face of FACES) expect(people.detections.some(({ box }) => boxIou(box, face) > 0.3)).toBe(true);
    expect(people.notExamined).toEqual(['face', 'tattoo', 'text', 'code']);
    const word = await examined(faded(await pictureWithWord(), share, fog));
    expect(word.detections.some(({ kind, box }) => kind === 'text' && boxIou(box, WORD) > 0.3)).toBe(true);
  });
});
