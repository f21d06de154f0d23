import { describe, expect, it } from 'vitest';
import { pictureWithWord, WORD } from '../../tests/support/picture-with-word.js';
import { boxPolygon, middleOf } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import { isInside } from '../imaging/convex.js';
import { openPrintReader } from '../models/tesseract-engine.js';
import { proofStrip } from '../models/tesseract-proof.js';
import { flatStrip } from './flat-strip.js';
import { openTextWitness } from './witness.js';

/** The proof's word on skin, in ink that is mixed with the skin. */
function wordOnSkin(opacity: number, ink: number): PixelImage {
  const [width, height] = [320, 240];
  const skin = [214, 168, 144];
  const data = new Uint8Array(width * height * 3);
  const word = proofStrip();
  for (let p = 0; p < width * height; p++) {
    const [x, y] = [(p % width) - 90, Math.floor(p / width) - 100];
    const isInk =
      x >= 0 && y >= 0 && x < word.width && y < word.height && word.data[y * word.width + x]! < 128;
    for (let c = 0; c < 3; c++) {
      const ground = skin[c]! + (((p * 7919) % 7) - 3);
      data[p * 3 + c] = Math.round(isInk ? ground + (ink - ground) * opacity : ground);
    }
  }
  return { width, height, channels: 3, data };
}

describe('the witness', () => {
  it.each([
    [0.2, 0],
    [0.3, 255],
  ])('sees a word that is %d opaque in ink %i', async (opacity, ink) => {
    const writing = await (await openTextWitness()).look(wordOnSkin(opacity, ink));
    expect(writing.some(({ polygon }) => isInside(polygon, [160, 122]))).toBe(true);
  });

  it('sees nothing on the same skin without a word', async () => {
    expect(await (await openTextWitness()).look(wordOnSkin(0, 0))).toEqual([]);
  });

  it('looks at an image once', async () => {
    const witness = await openTextWitness();
    const image = wordOnSkin(0.2, 0);
    expect(witness.look(image)).toBe(witness.look(image));
  });
});

describe('a strip', () => {
  it('shows dark strokes on light ground, whatever they were, so that the second reader reads them', async () => {
    const reader = await openPrintReader();
    for (const ink of [0, 255]) {
      const strip = flatStrip(wordOnSkin(0.25, ink), boxPolygon({ x: 92, y: 102, width: 124, height: 40 }));
      expect(reader.read(strip!).map(({ text }) => text)).toEqual(['HELLO']);
    }
  });

  it('is the middle of a long line, and none without an area', async () => {
    const photo = await pictureWithWord();
    expect(flatStrip(photo, boxPolygon(WORD))).toMatchObject({ height: 44, width: 100 });
    expect(flatStrip(photo, boxPolygon({ x: 10, y: 100, width: 380, height: 10 }))).toMatchObject({
      width: 440,
    });
    expect(flatStrip(photo, [middleOf(boxPolygon(WORD))])).toBeUndefined();
  });
});
