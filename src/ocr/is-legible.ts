import type { Reading } from './decode-sequence.js';

/**
 * Whether a line says something.
 * @param from mean probability of its characters, 0–1
 * @param characters letters and digits at least: noise is taken for single ones
 */
export function isLegible({ text, confidence }: Reading, from: number, characters: number): boolean {
  return confidence >= from && countCharacters(text) >= characters;
}

/** Letters and digits of a text. */
export function countCharacters(text: string): number {
  return text.replace(/[^\p{L}\p{N}]/gu, '').length;
}
