import { describe, expect, it } from 'vitest';
import { percent } from './percent.js';

describe('percent', () => {
  it.each([
    [0, '0%'],
    [0.0001, '< 0.1%'],
    [0.004, '0.4%'],
    [0.334, '33%'],
    [0.9999, '99%'],
    [1, '100%'],
  ])('writes %d as %s', (share, shown) => {
    expect(percent(share, 'en')).toBe(shown);
  });

  it('shows as many decimals as tell a share from the one beside it', () => {
    expect([percent(0.334, 'en', 0.33), percent(0.33, 'en', 0.334)]).toEqual(['33.4%', '33%']);
    expect([percent(0.3302, 'en', 0.33), percent(0.33, 'en', 0.3302)]).toEqual(['33.02%', '33%']);
    expect([percent(0.33, 'en', 0.33), percent(0.5, 'en', 0.33)]).toEqual(['33%', '50%']);
    expect(percent(0.0904, 'fr', 0.09)).toBe('9,04\u00a0%');
  });
});
