/**
 * Measures the attacks that look again, and the context scout, on photos that are not part of the project; docs/attacks.md
 * holds the figures.
 *
 *   npm run build && npm run eval && node scripts/measure-attacks.mjs [--data FOLDER] [--only SET,SET] [--most N]
 *
 * What was detected is taken from the answers that `npm run eval` leaves in eval-out/: of held-out photos only. Each photo is
 * redacted, written and read again before it is attacked, and attacked once more with nothing covered. Without the data or
 * the answers it says so and changes nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { boxPolygon } from '../dist/core/geometry.js';
import { visibleVersions } from '../dist/imaging/visible-versions.js';
import { DEFAULT_LIMITS } from '../dist/core/limits.js';
import { CONTEXT_IDS, openContextScout } from '../dist/detect/context/index.js';
import { openSecondFaceFinder } from '../dist/detect/face/face-finder.js';
import { openSecondTattooFinder } from '../dist/detect/tattoo/tattoo-finder.js';
import { formatById, sniffFormat } from '../dist/formats/index.js';
import { redactFrame } from '../dist/redact/apply-redactions.js';
import { STYLES } from '../dist/redact/styles/index.js';
import { jpegFingerprint } from '../dist/verify/checks/jpeg-fingerprint/index.js';
import { sameCropHash } from '../dist/verify/checks/same-crop-hash/index.js';
import { hammingDistance, perceptualHash } from '../dist/verify/checks/same-crop-hash/perceptual-hash.js';
import { uncoveredFace } from '../dist/verify/checks/uncovered-face/index.js';
import { uncoveredTattoo } from '../dist/verify/checks/uncovered-tattoo/index.js';
import { shareInside } from '../dist/verify/share-inside.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const SETS = [
  'face/wider',
  'face/masks',
  'face/clinical',
  'tattoo/bivtatt',
  'tattoo/wild',
  'tattoo/studio',
  'negative/dermnet',
  'negative/dermoscopy',
  'negative/skin',
  'negative/hands',
  'text/incidental',
];
/** Sets in which every face, or every tattoo, is labelled with a box. */
const BOXED = { face: ['face/wider', 'face/masks'], tattoo: ['tattoo/bivtatt', 'tattoo/wild'] };
/** A labelled thing is left over when less than this of it is covered. */
const LEFT_BELOW = 0.5;
const KINDS = ['face', 'tattoo'];
/** The check's own limit, in bits; and shares of the width and height that a crop around the middle keeps. */
const SAME_PICTURE = 10;
const CROPS = [0.9, 0.75];

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(root, '../shared/data') },
    only: { type: 'string' },
    most: { type: 'string', default: '60' },
  },
});
if (!existsSync(options.data)) {
  process.stdout.write(`There is no evaluation data at ${options.data}; nothing was measured.\n`);
  process.exit(0);
}

const scout = await openContextScout();
const checks = {
  face: uncoveredFace(openSecondFaceFinder),
  tattoo: uncoveredTattoo(openSecondTattooFinder),
};

for (const set of options.only?.split(',') ?? SETS) await measure(set);

async function measure(set) {
  const answers = join(root, 'eval-out', set, 'predictions.ndjson');
  if (!existsSync(answers)) {
    process.stdout.write(`${set}: no answers of \`npm run eval\`; not measured\n`);
    return;
  }
  const { images } = JSON.parse(readFileSync(join(options.data, set, 'labels.json'), 'utf8'));
  const labelled = new Map(images.map((image) => [image.file, image]));
  const photos = readFileSync(answers, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ error }) => !error)
    .slice(0, Number(options.most));
  const told = { face: [], tattoo: [], hash: [], settings: [], context: [] };
  const hashes = [];
  const times = { face: [], tattoo: [], hash: [], settings: [], context: [], detect: [] };
  for (const photo of photos) {
    const name = photo.file.split(`${set}/`).pop();
    const source = readFileSync(join(options.data, set, name));
    const original = await sniffFormat(source).decode(source, DEFAULT_LIMITS);
    const subject = await written(original, photo.redactions);
    const bare = await written(original, []);
    const { objects } = labelled.get(name) ?? { objects: [] };
    const { pixels } = original.frames[0];
    const timed = async (name, work) => {
      const start = performance.now();
      const result = await work();
      times[name].push(performance.now() - start);
      return result;
    };
    times.detect.push(photo.timings.detect);
    // The two share their looks at a photo: the second costs little.
    const found = {};
    for (const kind of KINDS) found[kind] = await timed(kind, () => checks[kind].run(subject));
    for (const kind of KINDS) {
      const ofKind = objects.filter((object) => object.kind === kind && !object.ignore);
      told[kind].push({
        found: found[kind].status === 'found',
        left: ofKind.some((object) => isLeft(object, photo, pixels)),
        shown: ofKind.length > 0,
        bare: (await checks[kind].run(bare)).status === 'found',
      });
    }
    told.hash.push((await timed('hash', () => sameCropHash.run(subject))).status === 'found');
    told.settings.push((await timed('settings', () => jpegFingerprint.run(subject))).status === 'found');
    const output = subject.output.frames[0].pixels;
    const flat = visibleVersions(pixels)[0];
    hashes.push({
      whole: await perceptualHash(flat),
      crops: await Promise.all(CROPS.map(async (share) => perceptualHash(await middleOf(flat, share)))),
    });
    told.context.push(await timed('context', () => scout.look(output, photo.detections)));
  }
  print(set, told, times);
  printHashes(hashes);
}

/** The photo redacted, written as a JPEG and read again: what the checks are given. */
async function written(original, redactions) {
  const format = formatById('jpeg');
  const pixels = redactFrame(original.frames[0].pixels, redactions, STYLES.blur, repeatable());
  const staged = await format.encode({ format: 'jpeg', frames: [{ pixels }] }, { limits: DEFAULT_LIMITS });
  const source = { ...original, frames: original.frames.slice(0, 1) };
  const output = await format.decode(staged, DEFAULT_LIMITS);
  const lists = { detections: [[]], redactions: [redactions] };
  return { staged, format, original: source, source, limits: DEFAULT_LIMITS, output, ...lists };
}

/** Numbers for the blur that are the same in every measurement (the linear congruential generator of Numerical Recipes). */
function repeatable() {
  let state = 1;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

function isLeft({ box: [x, y, width, height] }, { redactions }, picture) {
  const covered = redactions.map(({ polygon }) => polygon);
  return shareInside(boxPolygon({ x, y, width, height }), covered, picture) < LEFT_BELOW;
}

function print(set, told, times) {
  const count = (list, test) => list.filter(test).length;
  const line = (text) => process.stdout.write(`  ${text}\n`);
  const all = told.hash.length;
  process.stdout.write(`${set}: ${all} photos\n`);
  for (const kind of KINDS) {
    const seen = told[kind];
    const found = count(seen, (photo) => photo.found);
    line(`uncovered-${kind}: found in ${found}`);
    if (BOXED[kind].includes(set)) {
      const left = seen.filter((photo) => photo.left);
      const shown = seen.filter((photo) => photo.shown);
      line(`  where detection left a labelled one: ${count(left, (photo) => photo.found)} of ${left.length}`);
      line(`  where it left none: ${found - count(left, (photo) => photo.found)} of ${all - left.length}`);
      line(`  with nothing covered: ${count(shown, (photo) => photo.bare)} of ${shown.length} that show one`);
    } else {
      line(`  with nothing covered: ${count(seen, (photo) => photo.bare)}`);
    }
  }
  line(
    `same-crop-hash: found in ${count(told.hash, Boolean)}; jpeg-fingerprint: ${count(told.settings, Boolean)}`,
  );
  const having = (id) => count(told.context, (findings) => findings.some((finding) => finding.id === id));
  line(`context: ${CONTEXT_IDS.map((id) => `${id} ${having(id)}`).join(', ')}`);
  const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)].toFixed(0);
  line(
    `median ms: ${Object.entries(times)
      .map(([name, list]) => `${name} ${median(list)}`)
      .join(', ')}`,
  );
}

async function middleOf({ width, height, channels, data }, share) {
  const [w, h] = [Math.round(width * share), Math.round(height * share)];
  const region = { left: (width - w) >> 1, top: (height - h) >> 1, width: w, height: h };
  const cut = await sharp(data, { raw: { width, height, channels } }).extract(region).raw().toBuffer();
  return { width: w, height: h, channels, data: cut };
}

/** How often other photos of the set, and crops of the same one, have almost the same hash. */
function printHashes(hashes) {
  const isSame = (a, b) => hammingDistance(a, b) <= SAME_PICTURE;
  const pairs = hashes.flatMap(({ whole }, i) =>
    hashes.slice(0, i).map((other) => isSame(whole, other.whole)),
  );
  const crops = CROPS.map((share, i) => {
    const same = hashes.filter(({ whole, crops }) => isSame(whole, crops[i])).length;
    return `cropped to ${share} ${same} of ${hashes.length}`;
  });
  const others = `${pairs.filter(Boolean).length} of ${pairs.length} pairs of different photos`;
  process.stdout.write(`  almost the same hash: ${others}; ${crops.join(', ')}\n`);
}
