import { describe, expect, it } from 'vitest';
import { draftOf } from '../../tests/support/staged-photo.js';
import { DEFAULT_SETTINGS } from '../pipeline/index.js';
import { fromWorkerSchema, toWorkerSchema } from './worker-messages.js';

const HASH = 'a'.repeat(64);
const cleared = draftOf('cleared');
const draft = { ...cleared, settings: { ...cleared.settings, sha256: HASH } };
const staged = {
  facts: { sha256: HASH, bytes: 9, format: 'png', width: 8, height: 8, frames: 1 },
  extension: 'png',
  photo: '0123456789abcdef.png',
  plain: '0123456789abcdef-plain.jpg',
};
const treatment = { kind: 'treated', source: HASH, draft, staged };
const understood = (message: unknown) => fromWorkerSchema.safeParse(message).success;

describe('what a process of this machine says of a photo', () => {
  it('is accepted as it is when all of it can be right', () => {
    expect(fromWorkerSchema.parse({ treatment })).toEqual({ treatment });
    expect(understood({ read: { sha256: HASH, bytes: 3 } })).toBe(true);
    expect(understood({ failed: { code: 'disk-full', stage: 'publish', message: '' } })).toBe(true);
  });

  it.each([
    ['a file elsewhere', { ...treatment, staged: { ...staged, photo: '../../victim.png' } }],
    ['a format to come', { ...treatment, staged: { ...staged, extension: 'exe' } }],
    ['no file', { ...treatment, staged: undefined }],
    ['another photo', { ...treatment, source: 'b'.repeat(64) }],
    [
      'a reason that nobody declared',
      { ...treatment, draft: { ...draft, reasons: [{ id: 'x', values: {} }] } },
    ],
    ['a refusal with a file', { ...treatment, draft: { ...draft, outcome: 'refused' } }],
    ['no record', { ...treatment, draft: undefined }],
  ])('is not taken with %s', (_what, said) => {
    expect(understood({ treatment: said })).toBe(false);
  });

  it.each([null, 'done', {}, { failed: { code: 'bad-luck' } }, { ready: {} }])('is not %j', (message) => {
    expect(understood(message)).toBe(false);
  });
});

describe('a job on its way to a process', () => {
  it('arrives as it was sent', () => {
    const entry = { path: 'L2E=', root: 'Lw==', named: false };
    const job = { entry, settings: DEFAULT_SETTINGS, known: [] };
    expect(toWorkerSchema.parse(JSON.parse(JSON.stringify({ job })))).toEqual({ job });
  });
});
