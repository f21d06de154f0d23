import { describe, expect, it } from 'vitest';
import { draftOf } from '../../tests/support/staged-photo.js';
import { parseJob, parseTreatment, stagedNames } from './queued-job.js';

const job = {
  run: 'a'.repeat(32),
  tool: '0.1.0',
  entry: { path: 'L2E=', root: 'Lw==', named: false },
  settings: 'b'.repeat(64),
  known: [],
  exchange: 's3://bucket/prefix',
};
const draft = {
  ...draftOf('refused'),
  source: { sha256: null, bytes: null },
  reasons: [{ id: 'error/timeout', values: {} }],
  error: { code: 'timeout', stage: 'worker' },
  settings: { ...draftOf('refused').settings, sha256: 'd'.repeat(64) },
};
const staged = {
  facts: { sha256: 'c'.repeat(64), bytes: 9, format: 'png', width: 8, height: 8, frames: 1 },
  extension: 'png',
  photo: '0123456789abcdef.png',
  plain: '0123456789abcdef-plain.jpg',
};
const treated = (more: object) => ({ ...job, treatment: { kind: 'treated', source: 'timeout', ...more } });

describe('what comes out of the queue', () => {
  it('is a job only when every part is right', () => {
    expect(parseJob(job)).toEqual(job);
    for (const wrong of [{ run: '../..' }, { settings: 'b' }, { entry: { path: '/a' } }, { tool: undefined }])
      expect(parseJob({ ...job, ...wrong })).toBeUndefined();
  });

  it('is a treatment with a staged photo, or a refusal without one', () => {
    expect(parseTreatment(job)).toBeUndefined();
    expect(parseTreatment(treated({ draft }))).toMatchObject({ draft });
    expect(parseTreatment(treated({ draft, staged }))).toBeUndefined();
    const cleared = { ...draft, outcome: 'cleared' };
    expect(parseTreatment(treated({ draft: cleared }))).toBeUndefined();
    const whole = parseTreatment(treated({ draft: cleared, staged }));
    expect(stagedNames(whole!)).toEqual([staged.photo, staged.plain]);
  });

  it('names no file outside of its folder', () => {
    const cleared = { ...draft, outcome: 'cleared' };
    for (const photo of ['../0123456789abcdef.png', '/etc/passwd', '0123456789abcdef/x', '.run'])
      expect(parseTreatment(treated({ draft: cleared, staged: { ...staged, photo } }))).toBeUndefined();
    const extension = 'png/../../x';
    expect(parseTreatment(treated({ draft: cleared, staged: { ...staged, extension } }))).toBeUndefined();
  });

  it('holds only what a worker can know about a record', () => {
    const more = {
      seq: 1,
      prev: '0'.repeat(64),
      fence: 9,
      tool: 'x',
      output: { name: '../../victim' },
      reviewer: 'AB',
    };
    expect(parseTreatment(treated({ draft: { ...draft, ...more } }))).toEqual({
      kind: 'treated',
      source: 'timeout',
      draft,
    });
  });

  it('is dropped when a part of it has the wrong form or belongs to another photo', () => {
    for (const wrong of [
      { reasons: 'why' },
      { reasons: ['why'] },
      { reasons: [{ id: 'told', values: { text: 'why' } }] },
      { reasons: [{ id: 'error/timeout', values: { name: 'Dupont' } }] },
      {
        checks: [
          {
            check: 'unheard-of',
            status: 'not-found',
            details: { id: 'check/wrong-id', values: { check: 'x' } },
          },
        ],
      },
      {
        checks: [
          { check: 'face-match', status: 'not-found', details: { id: 'face-match/unheard-of', values: {} } },
        ],
      },
      { error: { code: 'no-such-code', stage: 'worker' } },
      { error: { ...draft.error, code: 'unreadable' } },
      { source: { sha256: 'e'.repeat(64), bytes: 1 } },
      { risk: { before: 2, after: 0, reasons: [] } },
      { settings: { ...draft.settings, style: 'none' } },
    ])
      expect(parseTreatment(treated({ draft: { ...draft, ...wrong } }))).toBeUndefined();
  });
});
