import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../core/limits.js';
import { decodeInWorker } from './decode-in-worker.js';
import { heicFormat } from './index.js';

const ftyp = (major: string, ...compatible: string[]): Buffer => {
  const body = Buffer.from(`ftyp${major}\0\0\0\0${compatible.join('')}`, 'latin1');
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length + 4);
  return Buffer.concat([size, body]);
};

describe('sniff', () => {
  it.each([
    ['heic', 'mif1', true],
    ['mif1', 'heic', true],
    ['msf1', 'hevc', true],
    ['mif1', 'avif', false],
    ['avif', 'mif1', false],
    ['isom', 'mp42', false],
  ])('%s with %s: %s', (major, compatible, expected) => {
    expect(heicFormat.sniff(ftyp(major, compatible))).toBe(expected);
  });

  it('copes with short and unrelated bytes', () => {
    expect(heicFormat.sniff(new Uint8Array())).toBe(false);
    expect(heicFormat.sniff(Buffer.from('not an image at all'))).toBe(false);
  });
});

describe('decode', () => {
  it('converts BT.2020 PQ of 10 bits by its code points', async () => {
    // Six patches of 8 × 16 pixels, drawn for this test and written without loss by libheif with x265.
    const bytes = await readFile(new URL('../../../tests/fixtures/bt2020-pq.heic', import.meta.url));
    const { pixels } = (await heicFormat.decode(bytes, DEFAULT_LIMITS)).frames[0]!;
    expect([pixels.width, pixels.height, pixels.channels]).toEqual([48, 16, 3]);
    const patches = [
      [244, 214, 196], [224, 172, 150], [141, 85, 54], [60, 38, 28], [200, 120, 110], [30, 110, 95],
    ]; // prettier-ignore
    const off = patches.map((patch, i) => {
      const at = (8 * pixels.width + i * 8 + 4) * 3;
      return Math.max(...patch.map((v, k) => Math.abs(v - pixels.data[at + k]!)));
    });
    expect(Math.max(...off)).toBeLessThanOrEqual(2);
  });

  it('refuses a file without an image', async () => {
    await expect(heicFormat.decode(ftyp('heic', 'mif1'), DEFAULT_LIMITS)).rejects.toMatchObject({
      code: 'malformed',
    });
  });

  it('turns the decoder’s failure into a typed error', async () => {
    await expect(decodeInWorker(ftyp('heic', 'mif1'), DEFAULT_LIMITS, false)).rejects.toMatchObject({
      code: 'malformed',
      stage: 'decode',
    });
  });

  it('stops the decoder when its time is over', async () => {
    const limits = { ...DEFAULT_LIMITS, codecSeconds: 0.001 };
    await expect(decodeInWorker(ftyp('heic', 'mif1'), limits, true)).rejects.toMatchObject({
      code: 'timeout',
    });
  });
});
