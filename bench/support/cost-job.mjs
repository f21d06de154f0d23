// @ts-check
/**
 * One measurement for cost.ts, in a process of its own. Plain JavaScript, so that no loader is measured with it.
 *
 * Gets a job's name and a photo; prints `{ seconds, peakMiB }`: processor seconds by stage, and the peak memory.
 */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';

function processorSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** @param {Buffer} bytes @returns {Promise<Record<string, number>>} */
async function baseline(bytes) {
  const work = () => sharp(bytes).autoOrient().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
  await work();
  const start = processorSeconds();
  await work();
  return { total: processorSeconds() - start };
}

/** @param {Buffer} bytes @returns {Promise<Record<string, number>>} */
async function treat(bytes) {
  const { setEngineThreads } = await import('../../dist/models/threads.js');
  setEngineThreads(1);
  const { composeToolbox } = await import('../../dist/compose.js');
  const { DEFAULT_SETTINGS, processImage, Stopwatch } = await import('../../dist/pipeline/index.js');
  /** @type {Record<string, number>} */
  let seconds = {};
  /**
   * @template {unknown[]} Given
   * @template Result
   * @param {string} name
   * @param {(...given: Given) => Result | Promise<Result>} work
   * @returns {(...given: Given) => Promise<Result>}
   */
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
  /**
   * @template Result
   * @param {string} stage
   * @param {() => Result | Promise<Result>} work
   * @this {InstanceType<typeof Stopwatch>}
   * @returns {Promise<Result>}
   */
  const timeToo = function (stage, work) {
    return /** @type {Promise<Result>} */ (time.call(this, stage, timed(stage, work)));
  };
  Stopwatch.prototype.time = timeToo;
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
  const staging = { stage: async (/** @type {Uint8Array} */ staged) => Uint8Array.from(staged) };
  for (let photo = 0; photo < 2; photo++) {
    const start = processorSeconds();
    seconds = {};
    await processImage(bytes, DEFAULT_SETTINGS, watched, staging);
    seconds['total'] = processorSeconds() - start;
  }
  return seconds;
}

const [job, file] = process.argv.slice(2);
if (file === undefined) throw new Error('Expected a job and a photo');
sharp.concurrency(1);
const bytes = readFileSync(file);
const seconds = await (job === 'baseline' ? baseline(bytes) : treat(bytes));
process.stdout.write(JSON.stringify({ seconds, peakMiB: process.resourceUsage().maxRSS / 1024 }));
process.exit(0);
