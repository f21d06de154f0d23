import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Polygon } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import { classifyText } from './classify-text.js';
import { decodeSequence } from './decode-sequence.js';
import { openTextReader } from './reader.js';
import { STRIP_HEIGHT, textStrips } from './strip.js';

describe('decodeSequence', () => {
  it('joins repeats, leaves out blanks, and gives the mean of what it took', () => {
    const characters = ['', 'a', 'b'];
    const steps = [
      [0, 0.75, 0.25],
      [0.25, 0.5, 0.25],
      [1, 0, 0],
      [0, 0.5, 0.25],
      [0, 0.25, 0.5],
    ];
    expect(decodeSequence(Float32Array.from(steps.flat()), characters)).toEqual({
      text: 'aab',
      confidence: (0.75 + 0.5 + 0.5) / 3,
    });
  });

  it('gives no confidence for an empty sequence', () => {
    expect(decodeSequence(Float32Array.from([1, 0]), ['', 'a'])).toEqual({ text: '', confidence: 0 });
  });
});

describe('classifyText', () => {
  it.each([
    ['Martha Weber', 'name'],
    ['NIELSEN, CARMEN', 'name'],
    ['Frau Öztürk', 'name'],
    ['Nachname: ibn Saud', 'name'],
    ['12.03.1954', 'date'],
    ['1999-09-23', 'date'],
    ['StudyDate:1999Sep23', 'date'],
    ['3 août 2021', 'date'],
    ['14. März 1980', 'date'],
    ['+49 171 5550123', 'phone'],
    ['Tel. 555 0123', 'phone'],
    ['m.weber@example.org', 'email'],
    ['MRN 00471 2', 'identifier'],
    ['PatientID:292821506', 'identifier'],
    ['1234567', 'identifier'],
    ['AB-12345', 'identifier'],
    ['Hauptstraße 12', 'address'],
    ['12 Baker Street', 'address'],
    ['75011 Paris', 'address'],
    ['10 mm', 'number'],
    ['2,5 cm', 'number'],
    ['37', 'number'],
    ['please do not touch', 'other'],
    ['静思', 'other'],
    ['', 'other'],
  ])('takes “%s” for %s', (text, expected) => {
    expect(classifyText(text)).toBe(expected);
  });
});

/** A dark wedge, thicker at its left end, along a line through the middle of a white square, turned by quarter turns. */
async function wedge(turns: number): Promise<PixelImage> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><rect width="200" height="200" fill="#fff"/><path d="M40 80v40l120 -10v-20z"/></svg>`;
  const pipeline = sharp(Buffer.from(svg)).removeAlpha();
  const turned = await sharp(await pipeline.png().toBuffer())
    .rotate(90 * turns)
    .raw()
    .toBuffer();
  return { width: 200, height: 200, channels: 3, data: Uint8Array.from(turned) };
}

describe('textStrips', () => {
  const lying: Polygon = [
    [40, 80],
    [160, 80],
    [160, 120],
    [40, 120],
  ];
  const standing: Polygon = lying.map(([x, y]) => [y, x] as const);

  it.each([0, 1, 2, 3])('lays flat a line that was turned %i times, from both ends', async (turns) => {
    const all = [...textStrips(await wedge(turns), turns % 2 === 0 ? lying : standing)];
    expect(all.map(({ width, height }) => [width, height])).toEqual(Array(4).fill([144, STRIP_HEIGHT]));
    const strips = all.slice(0, 2);
    const darkAtLeft = strips.map(({ width, data }) => {
      const dark = [0, 0];
      for (let p = 0; p < data.length / 3; p++) {
        if ((data[p * 3] as number) < 128) dark[p % width < width / 2 ? 0 : 1]! += 1;
      }
      return dark[0]! > dark[1]!;
    });
    expect(darkAtLeft.sort()).toEqual([false, true]);
    const [first, second] = strips;
    expect(second!.data.slice(0, 3)).toEqual(first!.data.slice(-3));
  });

  it('copies pixels that need no change', () => {
    const data = Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => (i * 7) % 256);
    const [strip] = textStrips({ width: 64, height: 48, channels: 3, data }, [
      [0, 0],
      [64, 0],
      [64, 48],
      [0, 48],
    ]);
    expect(strip!.data).toEqual(data);
  });

  it('mirrors a line from left to right', () => {
    const data = Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => (i * 7) % 256);
    const [strip, , mirrored] = textStrips({ width: 64, height: 48, channels: 3, data }, [
      [0, 0],
      [64, 0],
      [64, 48],
      [0, 48],
    ]);
    const pixel = (of: Uint8Array, column: number, row: number) =>
      of.subarray((row * 64 + column) * 3, (row * 64 + column) * 3 + 3);
    for (const column of [0, 1, 31, 63]) {
      expect(pixel(mirrored!.data, column, 7)).toEqual(pixel(strip!.data, 63 - column, 7));
    }
  });

  it('gives nothing for a polygon without an area', async () => {
    const line: Polygon = [
      [1, 1],
      [9, 9],
    ];
    expect([...textStrips(await wedge(0), line)]).toEqual([]);
  });
});

const STROKES: Readonly<Record<string, string>> = {
  E: 'v70h36m-36 -36h30m-30 -34h36',
  F: 'v70m0 -36h30m-30 -34h36',
  H: 'v70m0 -35h32m0 -35v70',
  L: 'v66h32',
};

/** A word in thick strokes: no font of the machine decides. */
async function letters(turns: number, spelled = 'HHLL'): Promise<PixelImage> {
  const glyphs = [...spelled].map((letter) => STROKES[letter]);
  const word = glyphs.map((d, i) => `<path d="M${110 + i * 60} 165${d}"/>`).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect width="400" height="400" fill="#fff"/><g stroke="#000" stroke-width="9" fill="none">${word}</g></svg>`;
  const upright = await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer();
  const data = await sharp(upright)
    .rotate(90 * turns)
    .raw()
    .toBuffer();
  return { width: 400, height: 400, channels: 3, data };
}

describe('openTextReader', () => {
  const lying: Polygon = [
    [95, 150],
    [335, 150],
    [335, 250],
    [95, 250],
  ];
  const quarter: Polygon = lying.map(([x, y]) => [400 - y, x] as const);
  const half: Polygon = lying.map(([x, y]) => [400 - x, 400 - y] as const);
  const three: Polygon = lying.map(([x, y]) => [y, 400 - x] as const);

  it.each([
    [0, lying],
    [1, quarter],
    [2, half],
    [3, three],
  ])('reads a word that was turned %i times', async (turns, polygon) => {
    const { text, confidence } = await (await openTextReader()).read(await letters(turns), polygon);
    expect(text).toBe('HHLL');
    expect(confidence).toBeGreaterThan(0.8);
  });

  it('reads a word in a mirror', async () => {
    const upright = await letters(0, 'FEEL');
    const data = await sharp(upright.data, { raw: { width: 400, height: 400, channels: 3 } })
      .flop()
      .raw()
      .toBuffer();
    const polygon = lying.map(([x, y]) => [400 - x, y] as const);
    const { text } = await (await openTextReader()).read({ ...upright, data }, polygon);
    expect(text).toBe('FEEL');
  });

  it('reads nothing on a plain surface', async () => {
    const plain: PixelImage = {
      width: 400,
      height: 400,
      channels: 3,
      data: new Uint8Array(480_000).fill(190),
    };
    expect((await (await openTextReader()).read(plain, lying)).text).toBe('');
  });
});
