import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { riskTable, tableIn } from '../../evaluation/risk-table.ts';
import { FACTORS } from './factors.js';

it('docs/RISK.md holds the table of factors as it is', () => {
  const document = readFileSync(new URL('../../docs/RISK.md', import.meta.url), 'utf8');
  // Prettier pads the cells.
  const plain = (table: string) => table.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
  expect(plain(tableIn(document))).toBe(plain(riskTable(FACTORS)));
});
