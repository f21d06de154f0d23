/**
 * What de-identification does to the pixels that it should leave alone: mean ΔE2000 and SSIM outside the redactions, on
 * wide-gamut photos, for the destination that neither shrinks nor resamples; sensor-noise.ts measures the others. Needs
 * the built package (`npm run build`).
 *
 *   npm run tool evaluation/fidelity.ts [FILE…]
 */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { deidentify, inspect, speakerOf } from '../dist/index.js';
import { coverMask } from '../dist/redact/cover-mask.js';
import { meanColourDifference, meanSsim } from '../dist/utility/fidelity.js';
import { toolArguments } from '../scripts/support/arguments.ts';
import { rgbOf } from './support/rgb.ts';

const DEMO = new URL('../node_modules/@vladmandic/face-api/demo/', import.meta.url);
const LIMITS = { colour: 1, ssim: 0.98 };

async function demoFiles(): Promise<string[]> {
  const names = (await readdir(DEMO)).filter((name) => /^sample\d+\.jpg$/.test(name)).sort();
  return names.map((name) => fileURLToPath(new URL(name, DEMO)));
}

/** The photo as a phone would write it: pixels in Display P3, with the profile embedded. */
async function inDisplayP3(file: string): Promise<Buffer> {
  const source = sharp(await readFile(file)).autoOrient();
  return source.withIccProfile('p3').jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
}

const rgb = (bytes: Uint8Array) => rgbOf(sharp(bytes).autoOrient());

const { positionals: args } = toolArguments(import.meta.url, { allowPositionals: true });
const rows = [];
for (const [i, file] of (args.length > 0 ? args : await demoFiles()).entries()) {
  const source = await inDisplayP3(file);
  const { redactions } = await inspect(source);
  const written = await deidentify(source, { destination: 'clinical' });
  if (!written.bytes) {
    const reasons = written.reasons.map((reason) => speakerOf('en').say(reason));
    throw new Error(`Photo ${i + 1} was refused: ${reasons.join('; ')}`);
  }
  const [before, after] = [await rgb(source), await rgb(written.bytes)];
  if (before.width !== after.width || before.height !== after.height) {
    throw new Error(`Photo ${i + 1} came out in another size`);
  }
  const covered = coverMask(before, redactions);
  rows.push({
    photo: i + 1,
    megapixels: Number(((before.width * before.height) / 1e6).toFixed(2)),
    outcome: written.outcome,
    covered: Number((covered.reduce((sum, v) => sum + v, 0) / covered.length).toFixed(3)),
    deltaE2000: Number((meanColourDifference(before, after, covered) ?? NaN).toFixed(3)),
    ssim: Number((meanSsim(before, after, covered) ?? NaN).toFixed(4)),
  });
}
console.table(rows);
const held = rows.every((row) => row.deltaE2000 <= LIMITS.colour && row.ssim >= LIMITS.ssim);
console.log(`Limits: mean ΔE2000 ≤ ${LIMITS.colour}, SSIM ≥ ${LIMITS.ssim}: ${held ? 'held' : 'NOT held'}`);
process.exitCode = held ? 0 : 1;
