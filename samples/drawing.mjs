/** Draws skin, lesions and letters. Letters are strokes of our own, so that no font of the machine decides. */
import sharp from 'sharp';

/** Uniform in [0, 1) from a seed (mulberry32), so that every run makes the same files. */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Strokes per letter on a grid 4 wide and 6 high; a stroke is a row of "x,y" points. */
const LETTERS = {
  A: '0,6 2,0 4,6|1,4 3,4', B: '0,6 0,0 3,0 4,1.5 3,3 0,3|3,3 4,4.5 3,6 0,6', C: '4,1 3,0 1,0 0,1 0,5 1,6 3,6 4,5',
  D: '0,0 0,6 2.5,6 4,4.5 4,1.5 2.5,0 0,0', E: '4,0 0,0 0,6 4,6|0,3 3,3', H: '0,0 0,6|4,0 4,6|0,3 4,3',
  I: '2,0 2,6|1,0 3,0|1,6 3,6', J: '4,0 4,5 3,6 1,6 0,5', L: '0,0 0,6 4,6', M: '0,6 0,0 2,3 4,0 4,6',
  N: '0,6 0,0 4,6 4,0', O: '1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0', P: '0,6 0,0 3,0 4,1.5 3,3 0,3',
  R: '0,6 0,0 3,0 4,1.5 3,3 0,3|2,3 4,6', S: '4,1 3,0 1,0 0,1 0,2 1,3 3,3 4,4 4,5 3,6 1,6 0,5', T: '0,0 4,0|2,0 2,6',
  0: '1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0', 1: '1,1 2,0 2,6|1,6 3,6', 2: '0,1 1,0 3,0 4,1 4,2 0,6 4,6',
  4: '3,6 3,0 0,4 4,4', 6: '3,0 1,0 0,2 0,5 1,6 3,6 4,5 4,4 3,3 0,3', 7: '0,0 4,0 1.5,6',
  9: '4,3 1,3 0,2 0,1 1,0 3,0 4,1 4,4 3,6 1,6', '.': '2,5.7 2,6', ' ': '',
}; // prettier-ignore

/** SVG paths of one line of letters; `size` is the height in pixels, [x, y] the upper left corner. */
function letters(text, x, y, size) {
  const unit = size / 6;
  const paths = [...text].flatMap((letter, i) => {
    if (!(letter in LETTERS)) throw new RangeError(`There are no strokes for "${letter}"`);
    const left = x + i * 5.6 * unit;
    const strokes = LETTERS[letter].split('|').filter(Boolean);
    return strokes.map((stroke) => {
      const points = stroke.split(' ').map((point) => {
        const [px, py] = point.split(',').map(Number);
        return `${(left + px * unit).toFixed(1)} ${(y + py * unit).toFixed(1)}`;
      });
      return `<path d="M${points.join('L')}"/>`;
    });
  });
  const style = 'fill="none" stroke="#15151c" stroke-linecap="round" stroke-linejoin="round"';
  return `<g ${style} stroke-width="${(unit * 0.95).toFixed(1)}">${paths.join('')}</g>`;
}

/** A white label with lines of text. @param box x, y, width, height in pixels */
export function label([x, y, width, height], lines) {
  const size = height / (lines.length * 1.9);
  const drawn = lines.map((line, i) => letters(line, x + size, y + size * (0.7 + 1.7 * i), size));
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#f8f7f2"/>${drawn.join('')}`;
}

/** A lesion with an uneven border and colour around (x, y). */
export function lesion(x, y, radius) {
  const blob = (r, phase, colour) => {
    const points = Array.from({ length: 24 }, (_, i) => {
      const angle = (i / 24) * 2 * Math.PI;
      const far = r * (1 + 0.13 * Math.sin(3 * angle + phase) + 0.07 * Math.sin(7 * angle + 2 * phase));
      return `${(x + far * Math.cos(angle)).toFixed(1)},${(y + 0.8 * far * Math.sin(angle)).toFixed(1)}`;
    });
    return `<polygon points="${points.join(' ')}" fill="${colour}"/>`;
  };
  // Soft and mottled as skin is: with hard edges it would be a drawing on skin, and so a tattoo.
  const id = `lesion-${x}-${y}`;
  const soft = `<filter id="${id}" x="-50%" y="-50%" width="200%" height="200%"><feTurbulence type="fractalNoise" baseFrequency="${(3 / radius).toFixed(4)}" numOctaves="3" seed="${x}"/><feDisplacementMap in="SourceGraphic" scale="${(radius * 0.45).toFixed(1)}" xChannelSelector="R" yChannelSelector="G"/><feGaussianBlur stdDeviation="${(radius / 9).toFixed(1)}"/></filter>`;
  const blobs =
    blob(radius, 0.4, '#b9735c') + blob(radius * 0.7, 1.9, '#9c5743') + blob(radius * 0.3, 4.1, '#7d4435');
  return `${soft}<g filter="url(#${id})" opacity="0.85">${blobs}</g>`;
}

/** An anchor with a rope, in faded ink; `size` is the height in pixels, (x, y) the middle. */
export function tattoo(x, y, size) {
  const lines = [
    'M0 -30v72', // shank
    'M-16 -22h32', // stock
    'M-34 14q4 28 34 30q30 -2 34 -30', // arms
    'M-40 22l6 -12l10 9z M40 22l-6 -12l-10 9z', // flukes
    'M-24 -34q14 12 24 20t-2 24t12 26t24 8', // rope
  ];
  const ink = 'stroke="#27343d" stroke-linecap="round" stroke-linejoin="round" fill="none" opacity="0.82"';
  const ring = '<circle cx="0" cy="-38" r="8"/>';
  const paths = lines.map((d, i) => `<path d="${d}" stroke-width="${i === 4 ? 2.5 : 5}"/>`);
  return `<g transform="translate(${x} ${y}) scale(${size / 96})" stroke-width="4" ${ink}>${ring}${paths.join('')}</g>`;
}

/** Raw RGB of a patch of skin with fine grain, and what is drawn on it as SVG elements. */
export async function skin(width, height, seed, elements = '') {
  const random = seededRandom(seed);
  const data = Buffer.alloc(width * height * 3);
  const slow = (x, y) => 5 * Math.sin(x / 61 + seed) * Math.cos(y / 83) + 4 * Math.sin((x + 2 * y) / 137);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      const grain = slow(x, y) + (random() - 0.5) * 9;
      data[i] = 214 + grain;
      data[i + 1] = 164 + grain * 1.1;
      data[i + 2] = 141 + grain * 1.1;
    }
  }
  const svg = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${elements}</svg>`,
  );
  return sharp(data, { raw: { width, height, channels: 3 } })
    .blur(0.6)
    .composite([{ input: svg }])
    .removeAlpha();
}
