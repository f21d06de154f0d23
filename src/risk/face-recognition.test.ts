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

  it('gives skin without a feature less than a part with features, and more the more of it shows', () => {
    const shares = [0, 0.005, 0.05, 0.1, 0.25, 0.5, 1];
    for (const surroundings of [true, false]) {
      const skin = shares.map((share) => recognitionProbability({ share, features: false, surroundings }));
      expect(skin).toEqual([...skin].sort((a, b) => a - b));
      expect(skin.at(-1)).toBeLessThan(recognitionProbability({ share: 0.5, surroundings }));
    }
  });

  it('gives what is cropped to skin no more than what also shows the surroundings', () => {
    for (const share of [0, 0.05, 0.3]) {
      const [cropped, whole] = [false, true].map((surroundings) =>
        recognitionProbability({ share, features: false, surroundings }),
      );
      expect(cropped).toBeLessThanOrEqual(whole!);
      expect(cropped).toBeGreaterThanOrEqual(1 / GALLERY);
    }
  });

  it('takes an absent answer for a feature and surroundings that show', () => {
    expect(recognitionProbability({ share: 0.4 })).toBe(
      recognitionProbability({ share: 0.4, features: true, surroundings: true }),
    );
  });

  it('refuses what is neither a share nor a blur', () => {
    expect(() => recognitionProbability({ share: Number.NaN })).toThrow(RangeError);
    expect(() => recognitionProbability({ share: 1.01 })).toThrow(RangeError);
    expect(() => recognitionProbability({ share: 0, plainBlur: 0 })).toThrow(RangeError);
  });
});
