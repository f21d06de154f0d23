import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../tests/support/seeded.js';
import { numbersOfPhoto, randomOfPhoto, replayed } from './random.js';

const PHOTO = Buffer.from('a photo');
const draw = (photo: Uint8Array, settings: string, count = 5000) => {
  const random = randomOfPhoto(photo, settings);
  return Array.from({ length: count }, random);
};

describe('replayed', () => {
  it('gives everybody the same numbers from the start', () => {
    const begin = replayed(seeded(3));
    const [a, b] = [begin(), begin()];
    const first = [a(), a(), a()];
    expect([b(), b()]).toEqual(first.slice(0, 2));
    expect([b(), b()]).toEqual([first[2], a()]);
  });
});

describe('numbersOfPhoto', () => {
  it('gives the same noise whatever the settings, and different noise for every photo', () => {
    const [photo, other] = [Buffer.from('photo'), Buffer.from('other')];
    const noise = (bytes: Uint8Array, settings: string) => numbersOfPhoto(bytes, settings).noise()();
    expect(noise(photo, 'a')).toBe(noise(photo, 'b'));
    expect(noise(photo, 'a')).not.toBe(noise(other, 'a'));
    const [a, b] = ['a', 'b'].map((settings) => numbersOfPhoto(photo, settings).resampling());
    expect(a).not.toBe(b);
  });
});

describe('randomOfPhoto', () => {
  it('gives the same numbers for the same photo and settings, and different ones otherwise', () => {
    expect(draw(PHOTO, 'a')).toEqual(draw(PHOTO, 'a'));
    expect(draw(PHOTO, 'b')[0]).not.toBe(draw(PHOTO, 'a')[0]);
    expect(draw(Buffer.from('a phot0'), 'a')[0]).not.toBe(draw(PHOTO, 'a')[0]);
  });

  it('does not follow from the photo’s SHA-256 alone', () => {
    const published = createHash('sha256').update(PHOTO).digest();
    expect(draw(published, 'a')[0]).not.toBe(draw(PHOTO, 'a')[0]);
  });

  it('spreads over [0, 1) and does not repeat itself', () => {
    const numbers = draw(PHOTO, 'a');
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.reduce((sum, n) => sum + n, 0) / numbers.length).toBeCloseTo(0.5, 1);
  });
});
