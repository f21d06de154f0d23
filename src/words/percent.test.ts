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
    expect([percent(0.995, 'en', 0.99), percent(0.0001, 'en', 0.0002)]).toEqual(['99.5%', '0.01%']);
  });

  it('never writes what is above a limit like the limit', () => {
    const limits = [0.05, 0.09, 0.2, 0.33, 0.0725, 0.99, 0.0004];
    for (const limit of limits) {
      for (const distance of [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-9]) {
        for (const share of [limit - distance, limit + distance]) {
          if (share <= 0 || share >= 1) continue;
          for (const locale of ['en', 'fr']) {
            const [shown, beside] = [percent(share, locale, limit), percent(limit, locale, share)];
            expect(shown, `${share} beside ${limit}`).not.toBe(beside);
          }
        }
      }
    }
    expect(percent(0.09 + 1e-9, 'en', 0.09)).toBe('> 9%');
    expect(percent(0.09 - 1e-9, 'en', 0.09)).toBe('< 9%');
    expect(percent(0.09, 'en', 0.09 + 1e-9)).toBe('9%');
  });
});
