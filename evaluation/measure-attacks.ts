/**
 * Measures the attacks that look at the written photo again, and the context scout, on photos that are not part of the
 * project; docs/attacks.md holds the figures.
 *
 *   npm run build && npm run eval && npm run tool evaluation/measure-attacks.ts -- [--data FOLDER] [--only SET,SET]
 *     [--most N]
 *
 * Detections are taken from the answers that `npm run eval` leaves in eval-out/, for held-out photos only. Each photo
 * is redacted, written and read again before it is attacked, and attacked once more with nothing covered. Without the
 * data or the answers it says so and changes nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { CONTEXT_IDS, type ContextFinding } from '../dist/core/context.js';
import type { Redaction } from '../dist/core/detection.js';
import { boxPolygon } from '../dist/core/geometry.js';
import type { DecodedImage, PixelImage } from '../dist/core/image.js';
import { visibleVersions } from '../dist/imaging/visible-versions.js';
import { DEFAULT_LIMITS } from '../dist/core/limits.js';
import { openContextScout } from '../dist/detect/context/index.js';
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
import type { Check, CheckResult, VerifySubject } from '../dist/verify/contract.js';
import { shareInside } from '../dist/verify/share-inside.js';
import { toolArguments } from '../scripts/support/arguments.ts';
import { ROOT } from '../scripts/support/root.ts';
import { parseLines } from './support/answers.ts';
import { INSPECTED, asDetection, type Inspected } from './support/inspected.ts';
import { FACE_SETS, NEGATIVE_SETS, readLabels, TATTOO_SETS, type LabelledObject } from './support/labels.ts';
import { rgbInput } from './support/rgb.ts';

const SETS = [...FACE_SETS, ...TATTOO_SETS, ...NEGATIVE_SETS, 'text/incidental'];
/** Sets in which every face, or every tattoo, is labelled with a box. */
const BOXED: Readonly<Record<Kind, readonly string[]>> = {
  face: ['face/wider', 'face/masks'],
  tattoo: ['tattoo/bivtatt', 'tattoo/wild'],
};
/** A labelled thing counts as left open when less than this share of it is covered. */
const LEFT_BELOW = 0.5;
const KINDS = ['face', 'tattoo'] as const;
type Kind = (typeof KINDS)[number];
/** The check's own limit, in bits; and shares of the width and height that a crop around the middle keeps. */
const SAME_PICTURE = 10;
const CROPS = [0.9, 0.75];

const { values: options } = toolArguments(import.meta.url, {
  options: {
    data: { type: 'string', default: join(ROOT, '../shared/data') },
    only: { type: 'string' },
    most: { type: 'string', default: '60' },
  },
});
if (!existsSync(options.data)) {
  process.stdout.write(`There is no evaluation data at ${options.data}; nothing was measured.\n`);
  process.exit(0);
}

const scout = await openContextScout();
const checks: Readonly<Record<Kind, Check>> = {
  face: uncoveredFace(openSecondFaceFinder),
  tattoo: uncoveredTattoo(openSecondTattooFinder),
};

/** The result of one kind's check for one photo. */
interface Told {
  readonly found: boolean;
  /** Whether detection left a labelled one open; whether there is one at all. */
  readonly left: boolean;
  readonly shown: boolean;
  /** Whether the check finds one when nothing is covered. */
  readonly bare: boolean;
}

interface Answers {
  readonly kinds: Readonly<Record<Kind, Told[]>>;
  readonly hash: boolean[];
  readonly settings: boolean[];
  readonly context: (readonly ContextFinding[])[];
}

/** The hashes of one photo and of crops of it. */
interface Hashes {
  readonly whole: readonly boolean[];
  readonly crops: readonly (readonly boolean[])[];
}

const TIMED = [...KINDS, 'hash', 'settings', 'context', 'detect'] as const;
type Times = Readonly<Record<(typeof TIMED)[number], number[]>>;

async function measure(set: string): Promise<void> {
  const answers = join(ROOT, 'eval-out', set, 'predictions.ndjson');
  if (!existsSync(answers)) {
    process.stdout.write(`${set}: no answers of \`npm run eval\`; not measured\n`);
    return;
  }
  const { images } = readLabels(options.data, set);
  const labelled = new Map(images.map((image) => [image.file, image]));
  const photos = parseLines(readFileSync(answers, 'utf8'))
    .flatMap((line) => INSPECTED.parse(line) ?? [])
    .slice(0, Number(options.most));
  const told: Answers = { kinds: { face: [], tattoo: [] }, hash: [], settings: [], context: [] };
  const hashes: Hashes[] = [];
  const times: Times = { face: [], tattoo: [], hash: [], settings: [], context: [], detect: [] };
  for (const photo of photos) {
    const name = photo.file.split(`${set}/`).pop() ?? '';
    const source = readFileSync(join(options.data, set, name));
    const original = await sniffFormat(source).decode(source, DEFAULT_LIMITS);
    const subject = await written(original, photo.redactions);
    const bare = await written(original, []);
    const objects = labelled.get(name)?.objects ?? [];
    const { pixels } = firstOf(original);
    const timed = async <T>(what: keyof Times, work: () => Promise<T>): Promise<T> => {
      const start = performance.now();
      const result = await work();
      times[what].push(performance.now() - start);
      return result;
    };
    times.detect.push(photo.timings.detect);
    // The two checks share their looks at a photo, so the second costs little.
    for (const kind of KINDS) {
      const result = await timed(kind, () => checks[kind].run(subject));
      const ofKind = objects.filter((object) => object.kind === kind && !object.ignore);
      told.kinds[kind].push({
        found: isFound(result),
        left: ofKind.some((object) => isLeft(object, photo, pixels)),
        shown: ofKind.length > 0,
        bare: isFound(await checks[kind].run(bare)),
      });
    }
    told.hash.push(isFound(await timed('hash', () => sameCropHash.run(subject))));
    told.settings.push(isFound(await timed('settings', () => jpegFingerprint.run(subject))));
    const [flat] = visibleVersions(pixels);
    if (!flat) throw new Error('Expected a visible version of every photo but there is none');
    hashes.push({
      whole: await perceptualHash(flat),
      crops: await Promise.all(CROPS.map(async (share) => perceptualHash(await middleOf(flat, share)))),
    });
    const output = firstOf(subject.output).pixels;
    const detections = photo.detections.map(asDetection);
    told.context.push(await timed('context', () => scout.look(output, detections)));
  }
  print(set, told, times);
  printHashes(hashes);
}

/** The photo redacted, written as a JPEG and read again: the checks' input. */
async function written(
  original: DecodedImage,
  redactions: readonly Redaction[],
): Promise<VerifySubject & { readonly output: DecodedImage }> {
  const format = formatById('jpeg');
  if (!format.encode) throw new Error('Expected that JPEG can be written');
  const pixels = redactFrame(firstOf(original).pixels, redactions, STYLES.blur, repeatable());
  const staged = await format.encode({ format: 'jpeg', frames: [{ pixels }] }, { limits: DEFAULT_LIMITS });
  const source = { ...original, frames: original.frames.slice(0, 1) };
  const output = await format.decode(staged, DEFAULT_LIMITS);
  const lists = { detections: [[]], redactions: [redactions] };
  return {
    staged,
    format,
    original: source,
    cropped: source,
    source,
    limits: DEFAULT_LIMITS,
    output,
    ...lists,
  };
}

function firstOf({ frames: [first] }: DecodedImage) {
  if (!first) throw new Error('Expected a frame but found none');
  return first;
}

function isFound({ status }: CheckResult): boolean {
  return status === 'found';
}

/** Random numbers for the blur, the same in every measurement (linear congruential generator of Numerical Recipes). */
function repeatable(): () => number {
  let state = 1;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

function isLeft(
  { box: [x, y, width, height] }: LabelledObject,
  { redactions }: Inspected,
  picture: PixelImage,
): boolean {
  const covered = redactions.map(({ polygon }) => polygon);
  return shareInside(boxPolygon({ x, y, width, height }), covered, picture) < LEFT_BELOW;
}

function print(set: string, told: Answers, times: Times): void {
  const count = <T>(list: readonly T[], test: (item: T) => boolean) => list.filter(test).length;
  const line = (text: string) => process.stdout.write(`  ${text}\n`);
  const all = told.hash.length;
  process.stdout.write(`${set}: ${all} photos\n`);
  for (const kind of KINDS) {
    const seen = told.kinds[kind];
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
  const having = (id: string) =>
    count(told.context, (findings) => findings.some((finding) => finding.id === id));
  line(`context: ${CONTEXT_IDS.map((id) => `${id} ${having(id)}`).join(', ')}`);
  const median = (list: readonly number[]) =>
    [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]?.toFixed(0);
  line(`median ms: ${TIMED.map((name) => `${name} ${median(times[name])}`).join(', ')}`);
}

/** @param picture with three channels */
async function middleOf(picture: PixelImage, share: number): Promise<PixelImage> {
  const { width, height, data } = picture;
  const [w, h] = [Math.round(width * share), Math.round(height * share)];
  const region = { left: (width - w) >> 1, top: (height - h) >> 1, width: w, height: h };
  const cut = await sharp(data, rgbInput(picture)).extract(region).raw().toBuffer();
  return { width: w, height: h, channels: 3, data: cut };
}

/** How often other photos of the set, and crops of the same one, have almost the same hash. */
function printHashes(hashes: readonly Hashes[]): void {
  const isSame = (a: readonly boolean[], b: readonly boolean[] | undefined) =>
    b !== undefined && hammingDistance(a, b) <= SAME_PICTURE;
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

for (const set of options.only?.split(',') ?? SETS) await measure(set);
