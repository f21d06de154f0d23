import { describe, expect, it } from 'vitest';
import { csvLine } from './csv.js';

describe('csvLine', () => {
  it('quotes every cell, and keeps what a quoted cell may hold', () => {
    expect(csvLine(['a', 'b,c', 'say "x"', 'two\nlines', ''])).toBe(
      '"a","b,c","say ""x""","two\nlines",""\r\n',
    );
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    ' =1',
    '\t=1',
    '\r=1',
    '\n+1',
    '＝1',
    '＋1',
    '－1',
    '＠a',
    '\ttext',
  ])('never begins a formula: %j', (cell) => {
    expect(csvLine([cell])).toBe(`"'${cell}"\r\n`);
  });

  it('holds nothing that a terminal acts on', () => {
    expect(csvLine(['a\u001b[2Jb\u0000\u009b'])).toBe('"a\\u001b[2Jb\\u0000\\u009b"\r\n');
  });

  it('leaves other cells as they are', () => {
    expect(csvLine(['/in/Zoë = 3.jpg', '3-1'])).toBe('"/in/Zoë = 3.jpg","3-1"\r\n');
  });
});
