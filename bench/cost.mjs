/**
 * `npm run bench [-- TITLE…]`: what photos of 48 and 12 megapixels and a small one cost, per stage, against sharp decoding
 * and re-encoding the same JPEG, and a HEIC of 12 megapixels against the same, when Python's pillow-heif is there to make
 * it. Needs the built package; docs/PERFORMANCE.md has the figures.
 *
 * As a worker does it: one thread per engine, and the second photo of a process, when models are loaded. Seconds are those
 * of the processor, which a busy machine changes little. Each measurement is a process of its own, so that peak memory is its own.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const PHOTOS = {
  '48 megapixels': { width: 8064, height: 6048 },
  '12 megapixels': { width: 4032, height: 3024 },
  HEIC: { width: 4032, height: 3024, isHeic: true },
  '600 pixels': { width: 600, height: 450 },
};
const REPEATS = 3;
/** Seconds that one character of a bar stands for. */
const PER_CHARACTER = 0.1;
const self = fileURLToPath(import.meta.url);
const DEMO = fileURLToPath(new URL('../node_modules/@vladmandic/face-api/demo/sample1.jpg', import.meta.url));

function processorSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const JOBS = {
  async baseline(bytes) {
    const work = () => sharp(bytes).autoOrient().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
    await work();
    const start = processorSeconds();
    await work();
    return { total: processorSeconds() - start };
  },
  async 'image-deid'(bytes) {
    const { setEngineThreads } = await import('../dist/models/threads.js');
    setEngineThreads(1);
    const { composeToolbox } = await import('../dist/compose.js');
    const { processImage } = await import('../dist/pipeline/process-image.js');
    const { DEFAULT_SETTINGS } = await import('../dist/pipeline/settings.js');
    const { Stopwatch } = await import('../dist/pipeline/stopwatch.js');
    let seconds = {};
    const timed =
      (name, work) =>
      async (...given) => {
        const start = processorSeconds();
        try {
          return await work(...given);
        } finally {
          seconds[name] = (seconds[name] ?? 0) + processorSeconds() - start;
        }
      };
    const { time } = Stopwatch.prototype;
    Stopwatch.prototype.time = function (stage, work) {
      return time.call(this, stage, timed(stage, work));
    };
    const toolbox = await composeToolbox();
    const watched = {
      ...toolbox,
      detectors: toolbox.detectors.map((detector) => ({
        ...detector,
        examine: timed(`detect: ${detector.id}`, detector.examine),
      })),
      checks: toolbox.checks.map((check) => ({
        ...check,
        run: timed(`verify: ${check.id}`, check.run.bind(check)),
      })),
    };
    const staging = { stage: async (staged) => Uint8Array.from(staged) };
    for (let photo = 0; photo < 2; photo++) {
      const start = processorSeconds();
      seconds = {};
      await processImage(bytes, DEFAULT_SETTINGS, watched, staging);
      seconds.total = processorSeconds() - start;
    }
    return seconds;
  },
};

const wanted = process.argv.slice(2);
const [job, file] = wanted;
if (job in JOBS) {
  sharp.concurrency(1);
  const seconds = await JOBS[job](readFileSync(file));
  process.stdout.write(JSON.stringify({ seconds, peakMiB: process.resourceUsage().maxRSS / 1024 }));
  process.exit(0);
}

/** A photo as a phone writes it: noise included, because a smooth enlargement would be too easy to encode. */
async function makePhoto(path, width, height) {
  const noise = { create: { width, height, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 6 } } };
  const grain = await sharp(noise).png({ compressionLevel: 1 }).toBuffer();
  const picture = sharp(DEMO)
    .resize(width, height, { fit: 'cover' })
    .composite([{ input: grain, blend: 'soft-light' }]);
  writeFileSync(path, await picture.jpeg({ quality: 92 }).toBuffer());
}

/** @returns whether it could be written */
function writeHeic(jpeg, path) {
  const script =
    'import sys, pillow_heif; from PIL import Image; pillow_heif.register_heif_opener(); Image.open(sys.argv[1]).save(sys.argv[2], quality=80)';
  return spawnSync('python3', ['-c', script, jpeg, path], { stdio: 'ignore' }).status === 0;
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const folder = mkdtempSync(join(tmpdir(), 'image-deid-bench-'));
try {
  for (const [title, { width, height, isHeic }] of Object.entries(PHOTOS)) {
    if (wanted.length > 0 && !wanted.includes(title)) continue;
    const jpeg = join(folder, `${width}.jpg`);
    await makePhoto(jpeg, width, height);
    const photos = { baseline: jpeg, 'image-deid': isHeic ? join(folder, 'photo.heic') : jpeg };
    if (isHeic && !writeHeic(jpeg, photos['image-deid'])) {
      console.log('\nPython has no pillow-heif to make a HEIC with: left out');
      continue;
    }
    const results = { baseline: [], 'image-deid': [] };
    // In turns, so that a busy machine slows both.
    for (let i = 0; i < REPEATS; i++) {
      for (const name of Object.keys(JOBS)) {
        const words = [self, name, photos[name]];
        results[name].push(JSON.parse(execFileSync(process.execPath, words, { maxBuffer: 2 ** 26 })));
      }
    }
    const seconds = (name, stage = 'total') => median(results[name].map((result) => result.seconds[stage]));
    const memory = (name) => median(results[name].map(({ peakMiB }) => peakMiB));
    console.log(`\n${title} (${width} × ${height}), seconds of the processor:\n`);
    const isStage = (name) => name !== 'total' && !name.includes(': ');
    const { seconds: names } = results['image-deid'][0];
    for (const stage of Object.keys(names).filter(isStage)) {
      const parts = Object.keys(names).filter((name) => name.startsWith(`${stage}: `));
      for (const name of [stage, ...parts]) {
        const spent = seconds('image-deid', name);
        const label = name === stage ? name : `  ${name.slice(stage.length + 2)}`;
        const bar = '█'.repeat(Math.round(spent / PER_CHARACTER));
        if (name === stage || spent >= PER_CHARACTER / 2) {
          console.log(`${label.padEnd(26)}${spent.toFixed(2).padStart(6)} ${bar}`.trimEnd());
        }
      }
    }
    console.log();
    for (const name of Object.keys(JOBS)) {
      console.log(`${name}: ${seconds(name).toFixed(2)} s, peak memory ${memory(name).toFixed(0)} MiB`);
    }
    const ratio = seconds('image-deid') / seconds('baseline');
    console.log(`ratio to sharp decoding and re-encoding: ${ratio.toFixed(1)}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
