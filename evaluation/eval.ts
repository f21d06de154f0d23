/**
 * `npm run eval`: measures the built tool on labelled photos, metadata samples and hostile files that are not part of
 * the project, and writes the figures into docs/EVALUATION.md.
 *
 *   npm run eval -- [--data FOLDER] [--score SCRIPT] [--only SET,SET] [--against MAIN] [--deface PYTHON]
 *     [--presidio PYTHON]
 *
 * Of labelled photos, only those that the models were not trained on are measured (training/folds.py, with python3).
 * --against compares with another build of this tool (its dist/cli/main.js), --deface and --presidio with PyPI packages
 * (a Python that has deface, or presidio-image-redactor); text is compared with tesseract.js as well. Without the data
 * it says so and changes nothing.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { DetectionKind } from '../dist/core/detection.js';
import type { Box } from '../dist/core/geometry.js';
import { toolArguments } from '../scripts/support/arguments.ts';
import { MAIN, ROOT } from '../scripts/support/root.ts';
import { measureCodes } from './measure-codes.ts';
import { measureFaces } from './measure-faces.ts';
import { measureFaint } from './measure-faint.ts';
import { measureField } from './measure-field.ts';
import { measureLesions } from './measure-lesions.ts';
import { measureReading } from './measure-reading.ts';
import { measureHostile, measureLegible, measureMetadata } from './measure-runs.ts';
import { measureSkin } from './measure-skin.ts';
import { measureWitness } from './measure-witness.ts';
import { answersOf, isSeen, type Answer } from './support/answers.ts';
import {
  FACE_SETS,
  NEGATIVE_SETS,
  readLabels,
  TATTOO_SETS,
  TEXT_SETS,
  type LabelledBox,
  type LabelledPhoto,
} from './support/labels.ts';

const document = join(ROOT, 'docs/EVALUATION.md');
const results = join(ROOT, 'eval-out');
const INSPECT = [MAIN, 'inspect', '--json'];
/** Folders of labelled photos. */
const LABELLED = [...FACE_SETS, ...TATTOO_SETS, ...NEGATIVE_SETS, ...TEXT_SETS, 'text/forms'];
/** Hands cut out of held-out photos of `negative/hands` that also show a face: [x, y, width, height] in pixels. */
const HAND_CROPS: Readonly<Record<string, LabelledBox>> = {
  '2_pic00057.jpg': [120, 120, 220, 290],
  '2_pic00189.jpg': [185, 170, 180, 220],
  '2_pic00227.jpg': [185, 165, 185, 200],
  '2_pic00282.jpg': [240, 30, 125, 310],
  '2_pic00293.jpg': [235, 25, 165, 285],
  '2_pic00439.jpg': [250, 95, 155, 180],
  '2_pic00574.jpg': [30, 200, 160, 205],
  '2_pic00604.jpg': [305, 105, 120, 270],
  '3_1528499009.07_pic00041.jpg': [385, 25, 145, 300],
  '3_1528505750.77_pic00068.jpg': [465, 75, 110, 290],
};
/** A found face that shares less than this with every labelled one counts as false; share of the smaller box. */
const SAME_FACE = 0.4;
const { values: options } = toolArguments(import.meta.url, {
  options: {
    data: { type: 'string', default: join(ROOT, '../shared/data') },
    score: { type: 'string', default: join(ROOT, '../shared/eval/score.mjs') },
    only: { type: 'string' },
    against: { type: 'string' },
    deface: { type: 'string' },
    presidio: { type: 'string' },
  },
});
const wanted = (set: string) => !options.only || options.only.split(',').includes(set);

if (!existsSync(options.data)) {
  process.stdout.write(`There is no evaluation data at ${options.data}; nothing was measured or changed.\n`);
  process.exit(0);
}
mkdirSync(results, { recursive: true });

/** Photos are taken evenly from sets larger than this: time matters here. */
const MOST_PHOTOS = 60;

/** The photos of a folder that no model was trained on. */
function allHeldOut(set: string, images: readonly LabelledPhoto[]): LabelledPhoto[] {
  const names = execFileSync('python3', [join(ROOT, 'training/folds.py'), set], {
    input: images.map(({ file }) => file).join('\n'),
    encoding: 'utf8',
  });
  const chosen = new Set(names.split('\n'));
  return images.filter(({ file }) => chosen.has(file));
}

/** At most `MOST_PHOTOS` of these photos. */
function heldOut(set: string, images: readonly LabelledPhoto[]): LabelledPhoto[] {
  const held = allHeldOut(set, images);
  const count = Math.min(MOST_PHOTOS, held.length);
  return Array.from({ length: count }, (_, i) => held[Math.floor((i * held.length) / count)]!);
}

/** What `score.mjs` says about one folder of labelled photos, for each tool that is compared. */
function scoreLabelled(set: string): string[] {
  const labels = readLabels(options.data, set);
  const images = heldOut(set, labels.images);
  const work = join(results, set);
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, 'labels.json'), JSON.stringify({ ...labels, images }));
  const files = images.map(({ file }) => join(options.data, set, file));
  const isAbout = (kind: DetectionKind) => set.startsWith(`${kind}/`);
  /** Name, program, and arguments before the photos. */
  const tools: [name: string, program: string, words: readonly string[]][] = [
    ['', process.execPath, INSPECT],
  ];
  if (options.against) tools.push(['before', process.execPath, [options.against, ...INSPECT.slice(1)]]);
  if (options.deface && isAbout('face')) {
    tools.push(['deface', options.deface, [join(ROOT, 'training/deface_predictions.py')]]);
  }
  if (isAbout('text')) {
    const tesseract = [...process.execArgv, join(ROOT, 'evaluation/tesseract-predictions.ts')];
    tools.push(['tesseract.js', process.execPath, tesseract]);
  }
  if (options.presidio && isAbout('text')) {
    tools.push(['presidio', options.presidio, [join(ROOT, 'training/presidio_predictions.py')]]);
  }
  return [
    `${images.length} of ${labels.images.length} photos: held-out ones`,
    ...tools.flatMap(([name, program, words]) => {
      const answers = answersOf(program, [...words, ...files]);
      const lines = [
        ...score(work, name, answers),
        ...coveredAlone(work, set, answers),
        ...countFaces(images, answers, set),
      ];
      return lines.map((line) => (name ? `_${name}_: ${line}` : line));
    }),
  ];
}

/** The scorer's lines without its heading. */
function score(work: string, name: string, answers: readonly Answer[]): string[] {
  const predictions = join(work, `predictions${name && `-${name}`}.ndjson`);
  writeFileSync(predictions, answers.map((answer) => JSON.stringify(answer)).join('\n'));
  const scores = execFileSync(process.execPath, [options.score, work, predictions], { encoding: 'utf8' });
  const lines = scores.split('\n').slice(1);
  return lines.map((line) => line.trim()).filter(Boolean);
}

/** Over-redaction by the set's own kind only: its photos also show unlabelled things that are rightly covered. */
function coveredAlone(work: string, set: string, answers: readonly Answer[]): string[] {
  const kind = (['face', 'tattoo', 'text'] as const).find((each) => set.startsWith(`${each}/`));
  if (kind === undefined) return [];
  const only = answers.map((answer) =>
    isSeen(answer)
      ? { ...answer, redactions: answer.redactions.filter(({ kinds }) => kinds.includes(kind)) }
      : answer,
  );
  return score(work, `${kind}-alone`, only)
    .filter((line) => line.startsWith('redacted area'))
    .map((line) => `as ${kind} alone: ${line}`);
}

/** False faces, in sets where all faces are labelled, and the time that detection took. */
function countFaces(images: readonly LabelledPhoto[], answers: readonly Answer[], set: string): string[] {
  const seen = answers.filter(isSeen);
  const byName = new Map(seen.map((answer) => [answer.file.split('/').pop(), answer]));
  const milliseconds = seen.map(({ timings }) => timings.detect).sort((a, b) => a - b);
  const lines = [
    `detection: median ${milliseconds[Math.floor(milliseconds.length / 2)]?.toFixed(0)} ms per photo`,
  ];
  if (set !== 'face/wider' && set !== 'face/masks') return lines;
  let wrong = 0;
  for (const { file, objects } of images) {
    const found =
      byName
        .get(file.split('/').pop())
        ?.detections.filter(({ kind, feature }) => kind === 'face' && !feature) ?? [];
    wrong += found.filter(
      ({ box }) => !objects.some((object) => sharedOfSmaller(box, object.box) >= SAME_FACE),
    ).length;
  }
  return [`false faces: ${wrong} = ${(wrong / images.length).toFixed(2)} per photo`, ...lines];
}

function sharedOfSmaller({ x, y, width, height }: Box, [left, top, w, h]: LabelledBox): number {
  const across = Math.min(x + width, left + w) - Math.max(x, left);
  const down = Math.min(y + height, top + h) - Math.max(y, top);
  if (across <= 0 || down <= 0) return 0;
  return (across * down) / Math.min(width * height, w * h);
}

/** In how many pictures of nothing but a hand the tool finds a face or a tattoo. */
async function measureHandCrops(): Promise<string[]> {
  const folder = join(results, 'hand-crops');
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  for (const [name, [left, top, width, height]] of Object.entries(HAND_CROPS)) {
    const source = join(options.data, 'negative/hands', name);
    if (!existsSync(source)) continue;
    const crop = join(folder, name);
    await sharp(source).extract({ left, top, width, height }).jpeg({ quality: 95 }).toFile(crop);
    files.push(crop);
  }
  const answers = answersOf(process.execPath, [...INSPECT, ...files]).filter(isSeen);
  rmSync(folder, { recursive: true });
  const showing = (kind: DetectionKind) =>
    answers.filter(({ detections }) => detections.some((found) => found.kind === kind && !found.feature))
      .length;
  return [
    `${files.length} hands cut out of held-out photos`,
    `pictures with a false face: ${showing('face')}/${files.length}, with a false tattoo: ${showing('tattoo')}/${files.length}`,
  ];
}

type Measure = () => readonly string[] | Promise<readonly string[]>;
const measures: readonly (readonly [name: string, measure: Measure])[] = [
  ['field', () => measureField(options.data)],
  ['metadata', () => measureMetadata(options.data, results)],
  ['hostile', () => measureHostile(options.data)],
  ...LABELLED.map((set) => [set, () => scoreLabelled(set)] as const),
  ['faces', () => measureFaces(options.data, allHeldOut)],
  ['faint', () => measureFaint(options.data, allHeldOut)],
  ['skin', () => measureSkin(options.data, allHeldOut)],
  ['lesions', () => measureLesions(options.data, allHeldOut)],
  ['hand-crops', measureHandCrops],
  ['legible', () => TEXT_SETS.map((set) => measureLegible(options.data, set, heldOut))],
  ['codes', measureCodes],
  ['reading', () => measureReading(options.data, heldOut)],
  ['witness', () => measureWitness(options.data, heldOut, allHeldOut)],
];
const BEGIN = '<!-- eval:begin -->';
const END = '<!-- eval:end -->';
const text = readFileSync(document, 'utf8');
const begin = text.indexOf(BEGIN) + BEGIN.length;
const end = text.indexOf(END);
/** The document's section for each set; a set that is not measured now keeps its section. */
const sections = new Map(
  text
    .slice(begin, end)
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section.trim()]),
);
for (const [set, measure] of measures.filter(([name]) => wanted(name))) {
  process.stdout.write(`${set}\n`);
  const figures = await measure();
  for (const line of figures) process.stdout.write(`  ${line}\n`);
  sections.set(set, `${set}\n\n${figures.map((line) => `- ${line}`).join('\n')}`);
  // Written after each set, because measuring takes hours and may be stopped.
  const body = measures
    .filter(([name]) => sections.has(name))
    .map(([name]) => `### ${sections.get(name)}`)
    .join('\n\n');
  writeFileSync(document, `${text.slice(0, begin)}\n\n${body}\n\n${text.slice(end)}`);
}
