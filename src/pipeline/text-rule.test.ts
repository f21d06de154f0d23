import { describe, expect, it } from 'vitest';
import { textRule } from './text-rule.js';

describe('textRule', () => {
  it('lets nothing stay unless asked', () => {
    const mayStay = textRule({ allowText: [], keepRuler: false });
    expect(mayStay('10 mm')).toBe(false);
    expect(mayStay('')).toBe(false);
  });

  it('asks a pattern to match the whole line', () => {
    const mayStay = textRule({ allowText: ['\\d+ mm|L|R'], keepRuler: false });
    expect([' 10 mm ', 'L', 'R'].map(mayStay)).toEqual([true, true, true]);
    expect(['Martha 10 mm', '10 mm left', 'LR', '10 MM'].map(mayStay)).toEqual([false, false, false, false]);
  });

  it.each(['1', '10 mm', '2,5cm', '0 1 2 3', '50 40 30 cm', '5 10 15 in.'])(
    'keeps “%s” on a ruler',
    (line) => {
      expect(textRule({ allowText: [], keepRuler: true })(line)).toBe(true);
    },
  );

  it.each(['', 'cm', '1234', '12 03 54', '12.03.54', '1 2 4', '7 7', '10 mm left', '1 2 3 4711'])(
    'does not take “%s” for a ruler',
    (line) => {
      expect(textRule({ allowText: [], keepRuler: true })(line)).toBe(false);
    },
  );
});
