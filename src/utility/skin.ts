/** Chai and Ngan 1999 end at 173, which leaves out inflamed skin and skin in warm light; docs/utility.md has the figures. */
const MOST_CR = 200;

/**
 * Whether a colour is that of skin, by its chroma alone: 77 ≤ Cb ≤ 127 and 133 ≤ Cr (Chai and Ngan 1999) ≤ 200. Light and
 * dark skin differ in luma more than in chroma. Skin that is very pale, dark or burnt out is missed; wood, sand and red
 * cloth are taken for skin.
 * @param r 0–255
 * @param g 0–255
 * @param b 0–255
 */
export function isSkinColour(r: number, g: number, b: number): boolean {
  const cb = 128 - 0.168736 * r - 0.331264 * g + 0.5 * b;
  const cr = 128 + 0.5 * r - 0.418688 * g - 0.081312 * b;
  return cb >= 77 && cb <= 127 && cr >= 133 && cr <= MOST_CR;
}
