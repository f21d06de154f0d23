import { describe, expect, it } from 'vitest';
import { seeded } from '../../tests/support/seeded.js';
import type { Detection } from '../core/detection.js';
import { boxPolygon, type Box } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import { fitImage, type FitPolicy } from './index.js';
import { rulerArea } from './ruler-area.js';

const [WIDTH, HEIGHT] = [1280, 960];
/** A ruler along the photo: a black tick every 90 pixels, on white. */
const [FIRST, STEP, TICKS, TOP, BOTTOM] = [100, 90, 12, 700, 780];
const RULER: Box = { x: FIRST - 20, y: TOP, width: STEP * (TICKS - 1) + 40, height: BOTTOM - TOP };
const POLICY: FitPolicy = { leastSide: 600, suppressesNoise: true, cropAround: [], keep: [], keepsRuler: false }; // prettier-ignore

function photoOfRuler(): PixelImage {
  const data = new Uint8Array(WIDTH * HEIGHT * 3).fill(255);
  for (let tick = 0; tick < TICKS; tick++) {
    for (let y = TOP; y < BOTTOM; y++) {
      const at = (y * WIDTH + FIRST + tick * STEP) * 3;
      data.fill(0, at - 6, at + 9);
    }
  }
  return { width: WIDTH, height: HEIGHT, channels: 3, data };
}

/** Where the ticks are in the row half-way down the ruler, to a part of a pixel: the middle of what is dark. */
function ticksIn({ width, height, data }: PixelImage): number[] {
  const row = Math.round(((TOP + BOTTOM) / 2 / HEIGHT) * height);
  const ticks: number[] = [];
  let [dark, moment] = [0, 0];
  for (let x = 0; x < width; x++) {
    const ink = 255 - data[(row * width + x) * 3]!;
    if (ink > 8) [dark, moment] = [dark + ink, moment + ink * x];
    else if (dark > 0) {
      ticks.push(moment / dark);
      [dark, moment] = [0, 0];
    }
  }
  return ticks;
}

async function centimetres(policy: Partial<FitPolicy>, seed: number, detections: readonly Detection[] = []) {
  const source = { format: 'jpeg', frames: [{ pixels: photoOfRuler() }] } as const;
  const overlays = { detections: [detections], redactions: [] };
  const fitted = await fitImage(source, overlays, { ...POLICY, ...policy }, seeded(seed));
  const ticks = ticksIn(fitted.image.frames[0]!.pixels);
  expect(ticks).toHaveLength(TICKS);
  const lengths = ticks.slice(1).map((x, i) => x - ticks[i]!);
  return { lengths, spread: Math.max(...lengths) / Math.min(...lengths) - 1, said: fitted.lengths };
}

const SEEDS = [3, 17, 401, 90_001];

describe('a ruler', () => {
  it('is bent by the irregular resampling, and that is told', async () => {
    const spreads = await Promise.all(SEEDS.map(async (seed) => centimetres({}, seed)));
    expect(Math.max(...spreads.map(({ spread }) => spread))).toBeGreaterThan(0.02);
    for (const { said } of spreads) expect(said.error).toBeGreaterThan(0.02);
  });

  it('keeps its centimetres alike to a percent in a kept region with --keep-ruler, and the scale is what was told', async () => {
    for (const seed of SEEDS) {
      const { lengths, spread, said } = await centimetres({ keep: [RULER], keepsRuler: true }, seed);
      expect(spread).toBeLessThan(0.01);
      expect(said.error).toBeLessThan(0.01);
      for (const length of lengths) expect(Math.abs(length / (STEP * said.scale) - 1)).toBeLessThan(0.01);
    }
  });

  /** The number of a tick: one that stays, or one that is covered. */
  const number = (tick: number, stays: boolean, off = 0): Detection => {
    const box = { x: FIRST + tick * STEP - 10, y: TOP - 30 + off, width: 20, height: 26 };
    const what = stays ? { allowed: true as const } : { textClass: 'number' as const };
    return { kind: 'text', box, polygon: boxPolygon(box), score: 0.9, detector: 'test', ...what };
  };
  const ticks = Array.from({ length: TICKS }, (_, tick) => tick);

  it.each([
    ['that stay', true],
    ['that are covered', false],
  ])('is known by numbers in a row %s', async (_what, stays) => {
    const numbers = ticks.map((tick) => number(tick, stays));
    const area = rulerArea(numbers, stays);
    expect(area && [area.x <= FIRST, area.y + area.height >= BOTTOM]).toEqual([true, true]);
    for (const seed of SEEDS) {
      expect((await centimetres({ keepsRuler: stays }, seed, numbers)).spread).toBeLessThan(0.01);
    }
  });

  it('is not taken from two numbers, or from several that are strewn about', () => {
    expect(rulerArea([number(0, false), number(5, false)], true)).toBeUndefined();
    const strewn = ticks.map((tick) => number(tick, false, -90 * (tick % 3)));
    expect(rulerArea(strewn, false)).toBeUndefined();
    // Of a label: turned, and on top of each other.
    const label = [0, 30, 60].map((down): Detection => ({ ...number(0, false, down), polygon: [[90, 670 + down], [160, 690 + down], [150, 725 + down], [80, 705 + down]] })); // prettier-ignore
    expect(rulerArea(label, false)).toBeUndefined();
  });

  it('leaves a kept region without a ruler irregular, and makes one straight that holds it', async () => {
    const keep = [{ x: 60, y: 60, width: 300, height: 200 }];
    expect((await centimetres({ keep }, 17)).said.error).toBeGreaterThan(0.02);
    const numbers = ticks.map((tick) => number(tick, false));
    expect((await centimetres({ keep: [RULER] }, 17, numbers)).said.error).toBeLessThan(0.01);
  });

  it('is measured exactly where nothing is resampled', async () => {
    const { said } = await centimetres({ suppressesNoise: false, maxSide: 960 }, 1);
    expect(said.scale).toBeCloseTo(0.75, 6);
    expect(said.error).toBeLessThan(1e-6);
  });
});
