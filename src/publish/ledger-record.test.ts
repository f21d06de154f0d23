import { describe, expect, it } from 'vitest';
import { draftOf } from '../../tests/support/staged-photo.js';
import { recordOf } from './ledger-record.js';

const { settings, models } = draftOf('refused');
const record = { seq: 2, prev: '', source: { hmac: null }, outcome: 'review', settings, models, reasons: [] };
const finding = { id: 'gate/unchecked', values: {} };
const told = (text: string) => ({ id: 'told', values: { text } });

describe('a record of a ledger', () => {
  it.each(['image-deid/ledger@1', 'image-deid/ledger@2'])(
    'has findings for the sentences of %s',
    (schema) => {
      const old = {
        ...record,
        schema,
        reasons: ['uncovered-face: Faces can be seen (1), at the top'],
        keptBack: [{ kind: 'face', shown: true, share: 0.5, reason: 'A part stays' }],
        notExamined: [{ kind: 'face', reason: 'Too narrow', attested: false }],
        checks: [{ check: 'uncovered-face', status: 'found', details: 'Faces can be seen (1), at the top' }],
        risk: {
          before: 1,
          after: 1,
          reasons: [{ id: 'skin', text: 'Skin', probability: 0.01, when: 'after' }],
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
        risk: { before: 1, after: 1, reasons: [{ ...told('Skin'), probability: 0.01, when: 'after' }] },
      });
    },
  );

  it('has findings and no sentences now; which findings there are, another version may know', () => {
    const now = {
      ...record,
      schema: 'image-deid/ledger@3',
      reasons: [finding, { id: 'new/one', values: { n: 1 } }],
    };
    expect(recordOf(now)).toEqual(now);
    expect(recordOf({ ...now, reasons: ['A sentence'] })).toBeUndefined();
    expect(recordOf({ ...now, reasons: [{ ...finding, text: 'A sentence' }] })).toBeUndefined();
    expect(recordOf({ ...now, schema: 'image-deid/ledger@2' })).toBeUndefined();
  });
});
