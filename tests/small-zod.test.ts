import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import * as real from '../src/review/api.js';
import { helloSchema } from '../src/review/channel/messages.js';
import { ROOT } from './support/cli.js';

/** Answers of the server that hold everything that one can hold. */
const SAMPLES = {
  stripSchema: { frames: 21, perSheet: 20, isAnimated: true },
  rememberedSchema: { destination: 'clinical' },
  reasonViewSchema: { found: [{ class: 'name', start: 0, length: 4 }] },
  shapeSchema: {
    id: 'auto-0',
    kinds: ['face', 'other'],
    polygon: [
      [0, 0.5],
      [9, 2],
      [9, 8.5],
    ],
    group: 3,
  },
  sessionViewSchema: {
    version: '0.2.0',
    hasBatch: true,
    destinations: [{ id: 'public', mostRisk: 0.09 }],
    maxBytes: 268435456,
  },
  saveSchema: { hasLooked: true, overrideReason: 'Seen with the patient', reasonConfirmed: true },
  apiErrorSchema: {
    code: 'not-cleared',
    finding: { id: 'error/not-cleared/not-shown', values: { shown: 1, sheets: 2 }, stage: 'score' },
    message: 'No',
  },
  queueEntrySchema: {
    seq: 1,
    name: 'IMG_1.jpg',
    state: 'review',
    kinds: ['face'],
    reasons: [{ id: 'gate/risk', values: { after: 0.5, most: 0.09, destination: 'public' } }],
    risk: 0.5,
    most: 0.09,
    destination: 'public',
    isLaxerThanRun: false,
    width: 4,
    height: 3,
    strip: { frames: 2, perSheet: 1, isAnimated: false },
    canEdit: true,
    asks: 'look',
    reviewer: 'AB',
  },
  photoViewSchema: {
    id: '0123456789abcdef01234567',
    width: 40,
    height: 30,
    format: 'jpeg',
    strip: { frames: 2, perSheet: 1, isAnimated: true },
    state: 'ready',
    looks: 1,
    opened: {
      style: 'blur',
      extent: 'usual',
      faces: 'whole',
      destination: 'public',
      keep: [{ x: 0, y: 1, width: 2, height: 3 }],
      cropToKeep: false,
    },
    autoShapes: [
      {
        id: 'auto-0',
        kinds: ['face'],
        polygon: [
          [1, 2],
          [9, 2],
          [9, 8.5],
        ],
        group: 1,
      },
    ],
    openFeatures: [{ feature: 'ear', polygon: [[1, 2]] }],
    planned: [{ id: 'plan/features-in-keep', values: { features: ['eye'] } }],
    portrait: { x: 1, y: 2, width: 30, height: 20 },
    ways: [
      {
        way: 'skin',
        after: 0.1,
        isEnough: false,
        isAdvised: true,
        why: { id: 'plan/features-in-keep', values: { features: ['nose'] } },
      },
    ],
    crop: { x: 0, y: 0, width: 3, height: 3 },
    metadata: {
      place: { latitude: 1.5, longitude: -2 },
      taken: '2024-03-14T10:02:11',
      device: 'X',
      groups: { place: 2 },
    },
    notExamined: [{ kind: 'text', reason: { id: 'not-examined/strip', values: { kind: 'text' } } }],
    risk: {
      before: 0.5,
      after: 0.1,
      most: 0.09,
      reasonsBefore: [{ id: 'seen-face', values: {}, probability: 0.4 }],
      reasonsAfter: [],
      caption: [{ class: 'date', start: 1, length: 2 }],
    },
    prices: [0.3],
  },
  checkViewSchema: {
    outcome: 'review',
    asks: 'reason',
    reasons: [{ id: 'gate/risk', values: { after: 0.5, most: 0.09, destination: 'public' } }],
    risk: { before: 1, after: 0, most: 0.09, reasonsBefore: [], reasonsAfter: [], caption: [] },
    checks: [{ check: 'face-match', status: 'not-found', details: { id: 'face-match/no-face', values: {} } }],
    utility: { skinVisible: 0.5, keepUntouched: 1, resolutionLeft: 1.2 },
    width: 4,
    height: 3,
    strip: { frames: 2, perSheet: 1, isAnimated: true },
    extension: 'gif',
    bytes: 5,
  },
} satisfies { readonly [K in keyof typeof real]?: unknown };

/** What takes the place of each part of a sample in turn. */
const WRONG = [
  undefined, null, true, false, 0, 1, -1, 0.5, 1.5, 2 ** 53, NaN, Infinity, '', 'text', 'x'.repeat(400), 'AB12', 'face', [], {},
  [[]], [{}], ['face'], [1, 2], [0, 0, 0], { id: 'gate/risk', values: {} }, { id: 'told', values: { text: 'x' } },
]; // prettier-ignore

/** The value with each of its parts replaced, one at a time, and with a part more in each object. */
function* variants(value: unknown): Generator<unknown> {
  yield* WRONG;
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield { ...value, more: 1 };
  for (const [key, part] of Object.entries(value)) {
    const put = (other: unknown) => {
      if (Array.isArray(value)) return value.map((one: unknown, i) => (String(i) === key ? other : one));
      return { ...value, [key]: other };
    };
    if (!Array.isArray(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    }
    for (const other of variants(part)) yield put(other);
  }
}

type Schemas = Readonly<Record<string, z.ZodMiniType>>;
let small: Schemas;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'image-deid-test-'));
  const {
    outputFiles: [built],
  } = await build({
    stdin: {
      contents: `export * from './src/review/api.ts'; export { helloSchema } from './src/review/channel/messages.ts';`,
      resolveDir: ROOT,
    },
    bundle: true,
    format: 'esm',
    write: false,
    alias: { 'zod/mini': join(ROOT, 'src/review/web/small-zod.ts') },
  });
  if (!built) throw new Error('Expected a bundle');
  // Nothing of zod is left in it.
  expect(built.text).not.toContain('ZodMini');
  writeFileSync(join(folder, 'small.mjs'), built.contents);
  small = (await import(join(folder, 'small.mjs'))) as Schemas;
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the page’s own reader of schemas', () => {
  const all: Readonly<Record<string, [z.ZodMiniType, unknown]>> = {
    ...Object.fromEntries(
      Object.entries(SAMPLES).map(([name, sample]) => [name, [(real as unknown as Schemas)[name]!, sample]]),
    ),
    helloSchema: [helloSchema, { half: 'A'.repeat(87), proof: 'B'.repeat(43) }],
  };

  it.each(Object.entries(all))('reads %s as zod does, right or wrong', (name, [schema, sample]) => {
    expect(small[name]?.safeParse(sample).success).toBe(schema.safeParse(sample).success);
    let [tried, right] = [0, 0];
    for (const value of variants(sample)) {
      const [mine, zod] = [small[name]!.safeParse(value), schema.safeParse(value)];
      tried++;
      if (zod.success) right++;
      if (mine.success !== zod.success) expect.fail(`${JSON.stringify(value)}: zod says ${zod.success}`);
      if (mine.success && zod.success) expect(mine.data).toEqual(zod.data);
    }
    expect(tried).toBeGreaterThan(right);
  });

  it.each(Object.keys(SAMPLES))('takes the sample of %s', (name) => {
    expect(all[name]?.[0].safeParse(SAMPLES[name as keyof typeof SAMPLES]).error?.issues).toBeUndefined();
  });
});
