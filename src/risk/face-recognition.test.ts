import { describe, expect, it } from 'vitest';
import { GALLERY, recognitionProbability } from './face-recognition.js';

describe('recognitionProbability', () => {
  it('is small when nothing is left, and never below chance', () => {
    const nothing = recognitionProbability({ share: 0 });
    expect(nothing).toBeGreaterThan(1 / GALLERY);
    expect(nothing).toBeLessThan(0.05);
  });

  it('grows with what is left, up to the value for a whole face', () => {
    const shares = Array.from({ length: 21 }, (_, i) => i / 20);
    const grown = shares.map((share) => recognitionProbability({ share }));
    expect(grown).toEqual([...grown].sort((a, b) => a - b));
    expect(grown.at(-1)).toBeGreaterThan(0.7);
    expect(grown.at(-1)).toBeLessThanOrEqual(1);
  });

  it('assumes that a weaker plain blur keeps more of a face', () => {
    const blurs = [10, 0.3, 0.16, 0.08, 0.04, 0.001];
    const grown = blurs.map((plainBlur) => recognitionProbability({ share: 0, plainBlur }));
    expect(grown).toEqual([...grown].sort((a, b) => a - b));
    expect(grown[0]).toBeCloseTo(recognitionProbability({ share: 0 }), 3);
    expect(grown.at(-1)).toBeCloseTo(recognitionProbability({ share: 1 }), 3);
  });

  it('refuses what is neither a share nor a blur', () => {
    expect(() => recognitionProbability({ share: Number.NaN })).toThrow(RangeError);
    expect(() => recognitionProbability({ share: 1.01 })).toThrow(RangeError);
    expect(() => recognitionProbability({ share: 0, plainBlur: 0 })).toThrow(RangeError);
  });
});
