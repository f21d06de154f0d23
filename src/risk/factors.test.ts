import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { riskTable, tableIn } from '../../evaluation/risk-table.ts';
import { CAPTION_CLASSES } from '../core/caption.js';
import { CONTEXT_IDS } from '../core/context.js';
import { DETECTION_KINDS } from '../core/detection.js';
import { METADATA_GROUPS } from '../core/metadata.js';
import { CHECKS } from '../verify/declarations.js';
import { FACTORS, factorOf, MISSED_BESIDE } from './factors.js';
import { HIPAA_IDENTIFIERS } from './identifier-classes.js';

it('docs/RISK.md holds the table of factors as it is', () => {
  const document = readFileSync(new URL('../../docs/RISK.md', import.meta.url), 'utf8');
  // Prettier pads the cells.
  const plain = (table: string) => table.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
  expect(plain(tableIn(document))).toBe(plain(riskTable(FACTORS)));
});

describe('the table of factors', () => {
  it('names each factor once, with a source and at least one identifier', () => {
    expect(new Set(FACTORS.map(({ id }) => id)).size).toBe(FACTORS.length);
    for (const { id, source, hipaa, wp216, probability } of FACTORS) {
      expect(source, id).not.toBe('');
      expect(wp216.length, id).toBeGreaterThan(0);
      expect(hipaa.length, id).toBeGreaterThan(0);
      expect(
        hipaa.every((letter) => letter in HIPAA_IDENTIFIERS),
        id,
      ).toBe(true);
      expect(probability, id).toBeGreaterThan(0);
      expect(probability, id).toBeLessThanOrEqual(1);
    }
  });

  it('has a factor for everything that can happen', () => {
    for (const kind of DETECTION_KINDS) {
      for (const what of ['seen', 'shown', 'not-examined', 'attested', 'missed', 'looked'])
        factorOf(`${what}-${kind}`);
      const { first, more, most } = MISSED_BESIDE[kind];
      expect(factorOf(`missed-${kind}`).probability).toBeLessThan(first);
      expect(first + more).toBeLessThan(most);
    }
    for (const group of METADATA_GROUPS) factorOf(`metadata-${group}`);
    for (const id of CHECKS.keys()) factorOf(`check-${id}`);
    for (const id of CONTEXT_IDS) factorOf(`context-${id}`);
    for (const id of CAPTION_CLASSES) factorOf(`caption-${id}`);
    expect(() => factorOf('unheard-of')).toThrow(RangeError);
  });
});
