import { describe, expect, it } from 'vitest';
import type { CheckView, PhotoView } from '../api.js';
import { deskResults } from './desk-schema.js';

const risk: PhotoView['risk'] = {
  before: 0.6,
  after: 0.02,
  most: 0.05,
  reasonsBefore: [{ id: 'seen-face', values: {}, probability: 0.6 }],
  reasonsAfter: [{ id: 'missed-face', values: { covered: 1 }, probability: 0.02 }],
  caption: [{ class: 'name', start: 4, length: 6 }],
};
const view: PhotoView = {
  id: '0123456789abcdef01234567',
  width: 40,
  height: 30,
  format: 'jpeg',
  strip: { frames: 3, perSheet: 1, isAnimated: true },
  prices: [0.3],
  state: 'ready',
  looks: 1,
  opened: {
    style: 'blur',
    extent: 'usual',
    faces: 'whole',
    destination: 'public',
    keep: [],
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
    },
  ],
  openFeatures: [{ feature: 'ear', polygon: [] }],
  planned: [{ id: 'plan/features-in-keep', values: { features: ['eye'] } }],
  portrait: { x: 1, y: 2, width: 30, height: 20 },
  ways: [
    { way: 'skin', after: 0.2, isEnough: false, isAdvised: false },
    { way: 'patch', after: 0.02, isEnough: true, isAdvised: true },
  ],
  metadata: { taken: '2024-03-14T10:02:11', groups: { place: 2 } },
  notExamined: [{ kind: 'text', reason: { id: 'not-examined/strip', values: { kind: 'text' } } }],
  risk,
};
const check: CheckView = {
  outcome: 'review',
  asks: 'look',
  reasons: [{ id: 'gate/covered', values: { share: 0.4 } }],
  risk,
  checks: [
    {
      check: 'same-crop-hash',
      status: 'not-found',
      details: { id: 'same-crop-hash/different', values: { bits: 30, of: 64 } },
    },
  ],
  utility: { skinVisible: 0.9, resolutionLeft: 0.5 },
  width: 40,
  height: 30,
  extension: 'jpg',
  bytes: 812,
};

describe('what the process that holds the photos answers', () => {
  it('arrives as it was said', () => {
    for (const call of ['open', 'ready', 'edit'] as const) expect(deskResults[call](view)).toEqual(view);
    expect(deskResults.check(check)).toEqual(check);
  });

  it('does not arrive with more than that', () => {
    expect(deskResults.open({ ...view, path: '/photos/dupont.jpg' })).toEqual(view);
    expect(deskResults.check({ ...check, risk: { ...risk, text: 'Dupont' } })).toEqual(check);
  });

  it.each<[string, Partial<Record<keyof PhotoView, unknown>>]>([
    ['a size that is none', { width: 0 }],
    [
      'a shape of two corners',
      {
        autoShapes: [
          {
            id: 'auto-0',
            kinds: ['face'],
            polygon: [
              [1, 2],
              [3, 4],
            ],
          },
        ],
      },
    ],
    ['a corner that is not a number', { openFeatures: [{ feature: 'ear', polygon: [[1, NaN]] }] }],
    ['a device that is not text', { metadata: { device: { toString: 'x' }, groups: {} } }],
    ['a group that does not exist', { metadata: { groups: { dupont: 1 } } }],
    [
      'a reason that nobody declared',
      { notExamined: [{ kind: 'text', reason: { id: 'told', values: { text: 'x' } } }] },
    ],
    [
      'values of another finding',
      { notExamined: [{ kind: 'text', reason: { id: 'not-examined/strip', values: {} } }] },
    ],
    ['a plan that tells a text', { planned: [{ id: 'told', values: { text: 'x' } }] }],
    ['a portrait of no size', { portrait: { x: 0, y: 0, width: 0, height: 4 } }],
    ['a way that nobody knows', { ways: [{ way: 'all', after: 0.1, isEnough: true, isAdvised: true }] }],
    ['a price that is no share', { prices: [1.5] }],
    ['a strip of no frames', { strip: { frames: 0, perSheet: 1, isAnimated: true } }],
    ['a risk without a number', { risk: { ...risk, after: NaN } }],
    [
      'a factor with a text of its own',
      { risk: { ...risk, reasonsAfter: [{ id: 'told', values: { text: 'x' }, probability: 0 }] } },
    ],
  ])('is not a photo with %s', (_what, wrong) => {
    expect(() => deskResults.ready({ ...view, ...wrong })).toThrow();
  });

  it.each<[string, Partial<Record<keyof CheckView, unknown>>]>([
    ['an outcome that does not exist', { outcome: 'published' }],
    ['a demand that does not exist', { asks: 'anything' }],
    ['a sentence of its own', { reasons: [{ id: 'told', values: { text: 'All is well' } }] }],
    ['a check that nobody declared', { checks: [{ ...check.checks[0], check: 'all-is-well' }] }],
    [
      'a finding of another check',
      { checks: [{ ...check.checks[0], details: { id: 'uncovered-face/none', values: {} } }] },
    ],
    ['a share above 1', { utility: { skinVisible: 1.5, resolutionLeft: 1 } }],
  ])('is not a check with %s', (_what, wrong) => {
    expect(() => deskResults.check({ ...check, ...wrong })).toThrow();
  });
});
