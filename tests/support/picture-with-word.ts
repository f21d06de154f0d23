import sharp from 'sharp';
import type { Box } from '../../src/core/geometry.js';
import type { PixelImage } from '../../src/core/image.js';

/** Around the word. */
export const WORD: Box = { x: 130, y: 100, width: 250, height: 110 };

/** The word HHHH in thick strokes, so that no font of the machine decides. */
export async function pictureWithWord(background = '#d8a890'): Promise<PixelImage> {
  const [width, height] = [520, 320];
  const word = [0, 1, 2, 3].map((i) => `<path d="M${150 + i * 60} 120v70m0 -35h32m0 -35v70"/>`).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${background}"/><g stroke="#221" stroke-width="9" fill="none">${word}</g></svg>`;
  const data = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
  return { width, height, channels: 3, data: Uint8Array.from(data) };
}
