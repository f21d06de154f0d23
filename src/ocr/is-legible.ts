import type { Reading } from './decode-sequence.js';

/**
 * Whether a line says something.
 * @param from the least mean probability of its characters, 0–1
 * @param characters the least number of letters and digits: noise is mistaken for single ones
 */
export function isLegible({ text, confidence }: Reading, from: number, characters: number): boolean {
  return confidence >= from && countCharacters(text) >= characters;
}

/** The number of letters and digits in a text. */
export function countCharacters(text: string): number {
  return text.replace(/[^\p{L}\p{N}]/gu, '').length;
}
