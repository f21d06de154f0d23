/** Ten letters of single strokes, so that no font of the machine decides; each as high and half as wide as 1. */
const STROKES = {
  E: 'M.55 0H0V1H.55M0 .5H.45',
  H: 'M0 0V1M.55 0V1M0 .5H.55',
  I: 'M.3 0V1',
  L: 'M0 0V1H.5',
  T: 'M0 0H.6M.3 0V1',
} as const;
const LETTERS = ['H', 'E', 'L', 'L', 'E', 'T', 'T', 'I', 'E', 'H'] as const;
const [LEFT, TOP] = [200, 240];

/** A line of white letters, as SVG, for a picture of 640 × 480. @param opacity 0–1 @param height of a letter, in pixels */
export function faintLine(opacity: number, height = 26): string {
  const letters = LETTERS.map(
    (letter, i) => `<path transform="translate(${i * 0.95} 0)" d="${STROKES[letter]}"/>`,
  ).join('');
  return `<g transform="translate(${LEFT} ${TOP}) scale(${height})" stroke="#fff" stroke-opacity="${opacity}" stroke-width="${3 / 26}" fill="none">${letters}</g>`;
}
