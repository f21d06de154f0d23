/**
 * `npm run bench`: what one 12-megapixel JPEG costs, against sharp decoding and re-encoding the same file.
 * Each measurement is a process of its own, so that peak memory is its own. Needs the built package.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const WIDTH = 4032;
const HEIGHT = 3024;
const REPEATS = 3;
const self = fileURLToPath(import.meta.url);
const DEMO = fileURLToPath(new URL('../node_modules/@vladmandic/face-api/demo/sample1.jpg', import.meta.url));
const milliseconds = (timings) => Object.values(timings).reduce((sum, value) => sum + value, 0);

const JOBS = {
  async baseline(bytes) {
    const start = performance.now();
    await sharp(bytes).autoOrient().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
    return { total: performance.now() - start };
  },
  async 'image-deid'(bytes) {
    const { composeToolbox } = await import('../dist/compose.js');
    const { processImage } = await import('../dist/pipeline/process-image.js');
    const { DEFAULT_SETTINGS } = await import('../dist/pipeline/settings.js');
    const toolbox = await composeToolbox();
    const staging = { stage: async (staged) => Uint8Array.from(staged) };
    const { timings } = await processImage(bytes, DEFAULT_SETTINGS, toolbox, staging);
    return { total: milliseconds(timings), ...timings };
  },
};

const [job, file] = process.argv.slice(2);
if (job) {
  const timings = await JOBS[job](readFileSync(file));
  process.stdout.write(JSON.stringify({ timings, peakMiB: process.resourceUsage().maxRSS / 1024 }));
  process.exit(0);
}

/** A photo as a phone writes it: noise included, because a smooth enlargement would be too easy to encode. */
async function makePhoto(path) {
  const noise = {
    create: { width: WIDTH, height: HEIGHT, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 6 } },
  };
  const grain = await sharp(noise).png({ compressionLevel: 1 }).toBuffer();
  const picture = sharp(DEMO)
    .resize(WIDTH, HEIGHT, { fit: 'cover' })
    .composite([{ input: grain, blend: 'soft-light' }]);
  writeFileSync(path, await picture.jpeg({ quality: 92 }).toBuffer());
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const folder = mkdtempSync(join(tmpdir(), 'image-deid-bench-'));
try {
  const photo = join(folder, 'photo.jpg');
  await makePhoto(photo);
  const results = { baseline: [], 'image-deid': [] };
  // In turns, so that a busy machine slows both.
  for (let i = 0; i < REPEATS; i++) {
    for (const name of Object.keys(JOBS)) {
      results[name].push(
        JSON.parse(execFileSync(process.execPath, [self, name, photo], { maxBuffer: 2 ** 26 })),
      );
    }
  }
  const seconds = (name, stage = 'total') =>
    median(results[name].map(({ timings }) => timings[stage])) / 1000;
  const memory = (name) => median(results[name].map(({ peakMiB }) => peakMiB));
  const stages = Object.keys(results['image-deid'][0].timings);
  console.table(
    Object.fromEntries(
      stages.map((stage) => [stage, { seconds: Number(seconds('image-deid', stage).toFixed(3)) }]),
    ),
  );
  for (const name of Object.keys(JOBS)) {
    console.log(
      `${name}: ${seconds(name).toFixed(2)} s per 12-megapixel JPEG, peak memory ${memory(name).toFixed(0)} MiB`,
    );
  }
  console.log(
    `ratio to sharp decoding and re-encoding: ${(seconds('image-deid') / seconds('baseline')).toFixed(1)}`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
