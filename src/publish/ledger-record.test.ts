import { describe, expect, it } from 'vitest';
import { draftOf } from '../../tests/support/staged-photo.js';
import { recordOf } from './ledger-record.js';

const { settings: drafted, models } = draftOf('refused');
const { sha256: _, ...settings } = drafted;
const HASH = 'a'.repeat(64);
const record = {
  seq: 2,
  prev: HASH,
  fence: 1,
  tool: 'image-deid 0.1.0',
  outcome: 'review',
  models,
  reasons: [],
};
const plain = { source: { sha256: HASH }, settings: { ...settings, sha256: HASH } };
const keyed = { source: { hmac: null }, settings: { ...settings, hmac: HASH } };
const finding = { id: 'gate/unchecked', values: {} };
const told = (text: string) => ({ id: 'told', values: { text } });

describe('a record of a ledger', () => {
  it.each([
    ['image-deid/ledger@1', plain],
    ['image-deid/ledger@2', keyed],
  ])('has findings for the sentences of %s', (schema, hashes) => {
    const classes = { hipaa: ['R'], wp216: ['singling out'], dicom: [113_102] };
    const old = {
      ...record,
      ...hashes,
      schema,
      reasons: ['uncovered-face: Faces can be seen (1), at the top'],
      keptBack: [{ kind: 'face', shown: true, share: 0.5, reason: 'A part stays' }],
      notExamined: [{ kind: 'face', reason: 'Too narrow', attested: false }],
      checks: [{ check: 'uncovered-face', status: 'found', details: 'Faces can be seen (1), at the top' }],
      risk: {
        before: 1,
        after: 1,
        reasons: [{ id: 'skin', text: 'Skin', probability: 0.01, when: 'after', ...classes }],
      },
      error: { code: 'timeout', stage: 'decode', message: 'Too long' },
    };
    expect(recordOf(old)).toEqual({
      ...old,
      reasons: [told('uncovered-face: Faces can be seen (1), at the top')],
      keptBack: [{ kind: 'face', shown: true, share: 0.5, reason: told('A part stays') }],
      notExamined: [{ kind: 'face', reason: told('Too narrow'), attested: false }],
      checks: [
        { check: 'uncovered-face', status: 'found', details: told('Faces can be seen (1), at the top') },
      ],
      risk: {
        before: 1,
        after: 1,
        reasons: [{ ...told('Skin'), probability: 0.01, when: 'after', ...classes }],
      },
      error: { code: 'timeout', stage: 'decode' },
    });
  });

  it('now has findings and no sentences; findings of other versions are accepted', () => {
    const now = {
      ...record,
      ...keyed,
      schema: 'image-deid/ledger@3',
      reasons: [finding, { id: 'new/one', values: { n: 1 } }],
    };
    expect(recordOf(now)).toEqual(now);
    expect(recordOf({ ...now, reasons: ['A sentence'] })).toBeUndefined();
    expect(recordOf({ ...now, reasons: [{ ...finding, text: 'A sentence' }] })).toBeUndefined();
    expect(recordOf({ ...now, schema: 'image-deid/ledger@2' })).toBeUndefined();
  });

  it('replaces another photo since the fourth version, and only an earlier one', () => {
    const now = {
      ...record,
      ...keyed,
      seq: 3,
      schema: 'image-deid/ledger@4',
      reasons: [finding],
      replaces: 2,
    };
    expect(recordOf(now)).toEqual(now);
    expect(recordOf({ ...now, replaces: 3 })).toBeUndefined();
    expect(recordOf({ ...now, replaces: '2' })).toBeUndefined();
    const { replaces: _r, ...before } = now;
    expect(recordOf({ ...now, schema: 'image-deid/ledger@3' })).toEqual({
      ...before,
      schema: 'image-deid/ledger@3',
    });
  });
});
