/**
 * What de-identification does to the pixels that it should leave alone, for the destination that neither shrinks nor
 * resamples; sensor-noise.ts measures the others. Needs the built package (`npm run build`).
 *
 *   npm run tool evaluation/fidelity.ts [FILE…]
 *
 * First the colours: one picture in every encoding that is converted, with a file that says so; what was written is
 * compared with the picture itself, which no decoder of ours has seen. Then wide-gamut photos: mean ΔE2000 and SSIM
 * outside the redactions, against what Little CMS makes of the source.
 */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { deidentify, inspect, speakerOf } from '../dist/index.js';
import { coverMask } from '../dist/redact/cover-mask.js';
import { meanColourDifference, meanSsim } from '../dist/utility/fidelity.js';
import { toolArguments } from '../scripts/support/arguments.ts';
import { colourCases } from './support/colour-cases.ts';
import { rgbOf } from './support/rgb.ts';

const DEMO = new URL('../node_modules/@vladmandic/face-api/demo/', import.meta.url);
const LIMITS = { colour: 1, ssim: 0.98 };
/** Width of the demo photo that is written in every encoding. */
const CASE_WIDTH = 640;

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

/** Treats a photo and compares it outside the redactions. */
async function measured(what: string, source: Buffer, shown: Awaited<ReturnType<typeof rgb>>) {
  const { redactions } = await inspect(source);
  const written = await deidentify(source, { destination: 'clinical' });
  if (!written.bytes) {
    const reasons = written.reasons.map((reason) => speakerOf('en').say(reason));
    throw new Error(`${what} was refused: ${reasons.join('; ')}`);
  }
  const after = await rgb(written.bytes);
  if (shown.width !== after.width || shown.height !== after.height) {
    throw new Error(`${what} came out in another size`);
  }
  const covered = coverMask(shown, redactions);
  return {
    what,
    megapixels: Number(((shown.width * shown.height) / 1e6).toFixed(2)),
    outcome: written.outcome,
    covered: Number((covered.reduce((sum, v) => sum + v, 0) / covered.length).toFixed(3)),
    deltaE2000: Number((meanColourDifference(shown, after, covered) ?? NaN).toFixed(3)),
    ssim: Number((meanSsim(shown, after, covered) ?? NaN).toFixed(4)),
  };
}

const { positionals: args } = toolArguments(import.meta.url, { allowPositionals: true });
const files = args.length > 0 ? args : await demoFiles();
const rows = [];
const [first] = files;
if (first) {
  const picture = await rgbOf(sharp(await readFile(first)).autoOrient().resize(CASE_WIDTH)); // prettier-ignore
  for (const { name, bytes } of await colourCases(picture)) rows.push(await measured(name, bytes, picture));
}
for (const [i, file] of files.entries()) {
  const source = await inDisplayP3(file);
  rows.push(await measured(`photo ${i + 1}, JPEG in Display P3`, source, await rgb(source)));
}
console.table(rows);
const held = rows.every((row) => row.deltaE2000 <= LIMITS.colour && row.ssim >= LIMITS.ssim);
console.log(`Limits: mean ΔE2000 ≤ ${LIMITS.colour}, SSIM ≥ ${LIMITS.ssim}: ${held ? 'held' : 'NOT held'}`);
process.exitCode = held ? 0 : 1;
