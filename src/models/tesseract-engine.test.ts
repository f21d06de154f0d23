import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { readManifest } from './model-store.js';
import type { GreyStrip } from './tesseract-contract.js';
import { openPrintReader, PRINT_MODEL } from './tesseract-engine.js';
import { proofStrip, readsCorrectly } from './tesseract-proof.js';

const upsideDown = (strip: GreyStrip): GreyStrip => ({
  ...strip,
  data: Uint8Array.from(strip.data).reverse(),
});
const noise = (seed: number): GreyStrip => {
  const data = Uint8Array.from({ length: 240 * 40 }, (_, i) => 128 + (((i + 1) * 7919 * seed) % 97) - 48);
  return { width: 240, height: 40, data };
};

describe('the second reader', () => {
  it('reads the known word with what it knows about its certainty, and nothing on an empty strip', async () => {
    const reader = await openPrintReader();
    expect(readsCorrectly(reader)).toBe(true);
    const [word] = reader.read(proofStrip());
    expect(word?.text).toBe('HELLO');
    expect(word?.confidence).toBeGreaterThan(0.8);
  });

  it('does not pass when it reads another word, or one where there is none', async () => {
    const reader = await openPrintReader();
    const word = { text: 'HELLO', confidence: 1 };
    expect(readsCorrectly({ ...reader, read: (strip) => reader.read(upsideDown(strip)) })).toBe(false);
    expect(readsCorrectly({ ...reader, read: () => [] })).toBe(false);
    expect(readsCorrectly({ ...reader, read: () => [word] })).toBe(false);
  });

  it('gives the same answer whatever it read before', async () => {
    const reader = await openPrintReader();
    const first = [proofStrip(), noise(3)].map((strip) => reader.read(strip));
    for (let seed = 1; seed <= 12; seed++) reader.read(noise(seed));
    expect([proofStrip(), noise(3)].map((strip) => reader.read(strip))).toEqual(first);
  });

  it('refuses a strip whose pixels are missing, and starts anew', async () => {
    const reader = await openPrintReader();
    expect(() => reader.read({ ...proofStrip(), width: 0, height: 0 })).toThrow(
      expect.objectContaining({ code: 'detector-failed', stage: 'detect' }) as Error,
    );
    const next = await openPrintReader();
    expect(next).not.toBe(reader);
    expect(readsCorrectly(next)).toBe(true);
  });

  it('is the files of the packages that its card names, unchanged', async () => {
    const require = createRequire(import.meta.url);
    const packages = {
      'tesseract-core-simd-lstm.wasm': 'tesseract.js-core/tesseract-core-simd-lstm.wasm',
      'tesseract-core-simd-lstm.cjs': 'tesseract.js-core/tesseract-core-simd-lstm.js',
      'eng.traineddata.gz': '@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz',
    };
    const entry = (await readManifest()).find(({ id }) => id === PRINT_MODEL);
    expect(entry?.files).toEqual(
      Object.entries(packages).map(([path, file]) => ({
        path,
        sha256: createHash('sha256')
          .update(readFileSync(require.resolve(file)))
          .digest('hex'),
      })),
    );
  });
});
