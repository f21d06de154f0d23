import { SRGB, spaceOfCodePoints, unknownColours, type ColourSpace } from '../colour/colour-space.js';
import type { Chunk } from './chunks.js';

/** "Unspecified" in ITU-T H.273. */
const UNSPECIFIED = 2;

/**
 * What the chunks say that the numbers mean, undefined when that is left to an ICC profile or said nowhere. The first
 * of cICP, iCCP, sRGB, and gAMA with cHRM decides (W3C PNG, third edition, 4.3).
 * @throws {ImageDeidError} unsupported-format for colours that are not known here
 */
export function colourOf(chunks: readonly Chunk[]): ColourSpace | undefined {
  const find = (type: string, length: number) =>
    chunks.find((chunk) => chunk.type === type && chunk.content.length >= length)?.content;
  const points = find('cICP', 4);
  if (points) {
    const [primaries, transfer, matrix, isFull] = points as unknown as [number, number, number, number];
    // The numbers are RGB: any other matrix would mean other colours (11.3.2.6).
    if (matrix !== 0) throw unknownColours();
    if (primaries !== UNSPECIFIED || transfer !== UNSPECIFIED || isFull === 0) {
      return spaceOfCodePoints(primaries, transfer, isFull === 0);
    }
  }
  if (find('iCCP', 1)) return undefined;
  if (find('sRGB', 1)) return SRGB;
  return measured(find('gAMA', 4), find('cHRM', 32));
}

/** Numbers in hundred-thousandths; a gamma of 0 means nothing (11.3.2.2). */
function measured(gamma: Uint8Array | undefined, chroma: Uint8Array | undefined): ColourSpace | undefined {
  const [exponent = 0] = gamma ? numbersOf(gamma) : [];
  if (exponent === 0 && !chroma) return undefined;
  const transfer = exponent > 0 ? { transfer: { gamma: 1 / exponent } } : {};
  if (!chroma) return { ...SRGB, ...transfer };
  const [wx, wy, rx, ry, gx, gy, bx, by] = numbersOf(chroma) as [number, number, number, number, number, number, number, number]; // prettier-ignore
  return { ...SRGB, white: [wx, wy], red: [rx, ry], green: [gx, gy], blue: [bx, by], ...transfer };
}

function numbersOf(content: Uint8Array): number[] {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  return Array.from({ length: content.length >> 2 }, (_, i) => view.getUint32(i * 4) / 100_000);
}
