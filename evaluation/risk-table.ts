/** `npm run risk-table`: writes the table of factors into docs/RISK.md. Needs the built package. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Factor } from '../dist/risk/contract.js';
import { toolArguments } from '../scripts/support/arguments.ts';

const DOCUMENT = new URL('../docs/RISK.md', import.meta.url);
const [BEGIN, END] = ['<!-- factors:begin -->', '<!-- factors:end -->'];

export function riskTable(factors: readonly Factor[]): string {
  const rows = factors.map(({ id, probability, basis, source, hipaa, wp216, dicom }) =>
    [
      `\`${id}\``,
      probability,
      basis,
      source,
      hipaa.join(' '),
      wp216.join(', '),
      dicom.join(', ') || '–',
    ].join(' | '),
  );
  const head = ['factor', 'p', 'basis', 'source', 'HIPAA', 'WP216', 'DICOM'];
  return [head.join(' | '), head.map(() => '---').join(' | '), ...rows].map((row) => `| ${row} |`).join('\n');
}

/** The text between the marks. */
export function tableIn(document: string): string {
  return document.slice(document.indexOf(BEGIN) + BEGIN.length, document.indexOf(END)).trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  toolArguments(import.meta.url, {});
  const { FACTORS } = await import('../dist/risk/factors.js');
  const document = await readFile(DOCUMENT, 'utf8');
  const [before, after] = [document.split(BEGIN)[0], document.split(END)[1]];
  await writeFile(DOCUMENT, `${before}${BEGIN}\n\n${riskTable(FACTORS)}\n\n${END}${after}`);
}
