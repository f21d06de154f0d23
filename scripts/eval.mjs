/**
 * `npm run eval`: measures the built tool on labelled photos, metadata samples and hostile files that are not part of
 * the project, and writes the figures into docs/EVALUATION.md.
 *
 *   npm run eval -- [--data FOLDER] [--score SCRIPT] [--only SET,SET] [--against MAIN] [--deface PYTHON]
 *     [--presidio PYTHON]
 *
 * Of labelled photos only those are measured that the models were not trained on (training/folds.py, with python3).
 * --against compares with another build of this tool (its dist/cli/main.js), --deface and --presidio with PyPI packages
 * (a Python that has deface, or presidio-image-redactor); text is compared with tesseract.js too. Without the data it says
 * so and changes nothing.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { measureCodes } from './measure-codes.mjs';
import { measureFaces } from './measure-faces.mjs';
import { measureLesions } from './measure-lesions.mjs';
import { measureReading } from './measure-reading.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/cli/main.js');
const document = join(root, 'docs/EVALUATION.md');
const results = join(root, 'eval-out');
const INSPECT = [main, 'inspect', '--json'];
/** Folders of labelled photos. */
const LABELLED = [
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
  'text/oriented',
  'text/burned-in',
  'text/forms',
];
const TEXT_SETS = ['text/incidental', 'text/oriented', 'text/burned-in'];
/** Hands cut out of held-out photos of `negative/hands`, whose photos show a face too: [x, y, width, height] in pixels. */
const HAND_CROPS = {
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
/** A face that was found but shares less than this with every labelled one is false; share of the smaller box. */
const SAME_FACE = 0.4;
const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(root, '../shared/data') },
    score: { type: 'string', default: join(root, '../shared/eval/score.mjs') },
    only: { type: 'string' },
    against: { type: 'string' },
    deface: { type: 'string' },
    presidio: { type: 'string' },
  },
});
const wanted = (set) => !options.only || options.only.split(',').includes(set);

if (!existsSync(options.data)) {
  process.stdout.write(`There is no evaluation data at ${options.data}; nothing was measured or changed.\n`);
  process.exit(0);
}
mkdirSync(results, { recursive: true });

/** Of larger sets, photos are taken evenly; seconds count here. */
const MOST_PHOTOS = 60;

/** The photos of a folder that no model was trained on. */
function allHeldOut(set, images) {
  const names = execFileSync('python3', [join(root, 'training/folds.py'), set], {
    input: images.map(({ file }) => file).join('\n'),
    encoding: 'utf8',
  });
  const chosen = new Set(names.split('\n'));
  return images.filter(({ file }) => chosen.has(file));
}

/** At most `MOST_PHOTOS` of them. */
function heldOut(set, images) {
  const held = allHeldOut(set, images);
  const count = Math.min(MOST_PHOTOS, held.length);
  return Array.from({ length: count }, (_, i) => held[Math.floor((i * held.length) / count)]);
}

/** What `score.mjs` says of one folder of labelled photos, for each tool that is compared. */
function scoreLabelled(set) {
  const labels = JSON.parse(readFileSync(join(options.data, set, 'labels.json'), 'utf8'));
  const images = heldOut(set, labels.images);
  const work = join(results, set);
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, 'labels.json'), JSON.stringify({ ...labels, images }));
  const files = images.map(({ file }) => join(options.data, set, file));
  const script = (name) => [join(root, name)];
  const isAbout = (kind) => set.startsWith(`${kind}/`);
  const tools = [
    ['', process.execPath, INSPECT],
    ...(options.against ? [['before', process.execPath, [options.against, ...INSPECT.slice(1)]]] : []),
    ...(options.deface && isAbout('face')
      ? [['deface', options.deface, script('training/deface_predictions.py')]]
      : []),
    ...(isAbout('text')
      ? [['tesseract.js', process.execPath, script('scripts/tesseract-predictions.mjs')]]
      : []),
    ...(options.presidio && isAbout('text')
      ? [['presidio', options.presidio, script('training/presidio_predictions.py')]]
      : []),
  ];
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

/** What a program answers to each photo: a line of JSON each. */
function answersOf(program, words) {
  const { stdout } = spawnSync(program, words, { maxBuffer: 2 ** 30, encoding: 'utf8' });
  return parseLines(stdout);
}

function parseLines(text) {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** The scorer's lines without its heading. */
function score(work, name, answers) {
  const predictions = join(work, `predictions${name && `-${name}`}.ndjson`);
  writeFileSync(predictions, answers.map((answer) => JSON.stringify(answer)).join('\n'));
  const scores = execFileSync(process.execPath, [options.score, work, predictions], { encoding: 'utf8' });
  const lines = scores.split('\n').slice(1);
  return lines.map((line) => line.trim()).filter(Boolean);
}

/** Over-redaction by what the set is about: its photos show other things that are covered for a reason and not labelled. */
function coveredAlone(work, set, answers) {
  const [kind] = set.split('/');
  if (kind === 'negative') return [];
  const only = answers.map((answer) => ({
    ...answer,
    redactions: answer.redactions?.filter(({ kinds }) => kinds.includes(kind)),
  }));
  return score(work, `${kind}-alone`, only)
    .filter((line) => line.startsWith('redacted area'))
    .map((line) => `as ${kind} alone: ${line}`);
}

/** False faces, where all faces are labelled, and the time that detection took. */
function countFaces(images, answers, set) {
  const seen = answers.filter(({ error }) => !error);
  const byName = new Map(seen.map((answer) => [answer.file.split('/').pop(), answer]));
  const milliseconds = seen.map(({ timings }) => timings.detect).sort((a, b) => a - b);
  const lines = [
    `detection: median ${milliseconds[Math.floor(milliseconds.length / 2)].toFixed(0)} ms per photo`,
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

function sharedOfSmaller({ x, y, width, height }, [left, top, w, h]) {
  const across = Math.min(x + width, left + w) - Math.max(x, left);
  const down = Math.min(y + height, top + h) - Math.max(y, top);
  if (across <= 0 || down <= 0) return 0;
  return (across * down) / Math.min(width * height, w * h);
}

/** In how many pictures of nothing but a hand the tool finds a face or a tattoo. */
async function measureHandCrops() {
  const folder = join(results, 'hand-crops');
  mkdirSync(folder, { recursive: true });
  const files = [];
  for (const [name, [left, top, width, height]] of Object.entries(HAND_CROPS)) {
    const source = join(options.data, 'negative/hands', name);
    if (!existsSync(source)) continue;
    files.push(join(folder, name));
    await sharp(source).extract({ left, top, width, height }).jpeg({ quality: 95 }).toFile(files.at(-1));
  }
  const answers = answersOf(process.execPath, [...INSPECT, ...files]);
  rmSync(folder, { recursive: true });
  const showing = (kind) =>
    answers.filter(({ detections }) => detections.some((found) => found.kind === kind && !found.feature))
      .length;
  return [
    `${files.length} hands cut out of held-out photos`,
    `pictures with a false face: ${showing('face')}/${files.length}, with a false tattoo: ${showing('tattoo')}/${files.length}`,
  ];
}

/** Runs the tool over folders or files and reads back what became of each file. */
function runOver(...inputs) {
  const work = mkdtempSync(join(tmpdir(), 'image-deid-eval-'));
  const memory = join(work, 'memory.txt');
  writeFileSync(memory, '');
  const hook = pathToFileURL(join(root, 'tests/support/record-peak-memory.mjs')).href;
  const out = join(work, 'out');
  const { status, stderr } = spawnSync(
    process.execPath,
    [main, 'run', ...inputs, '--out', out, '--log', 'json'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: { ...process.env, NODE_OPTIONS: `--import=${hook}`, PEAK_MEMORY_FILE: memory },
    },
  );
  const lines = (name) => parseLines(readFileSync(join(out, name), 'utf8'));
  const records = lines('ledger.jsonl');
  const names = new Map(
    lines('.state/names.jsonl').map((line) => [line.seq, Buffer.from(line.path, 'base64').toString()]),
  );
  const seconds = new Map(
    parseLines(stderr)
      .filter(({ event }) => event === 'photo')
      .map(({ seq, milliseconds }) => [seq, milliseconds / 1000]),
  );
  const peakMiB = Math.max(...readFileSync(memory, 'utf8').trim().split('\n').map(Number)) / 1024;
  return {
    work,
    out,
    status,
    peakMiB,
    records: records.map((record) => ({
      ...record,
      file: names.get(record.seq).split('/').pop(),
      seconds: seconds.get(record.seq),
    })),
  };
}

const STRUCTURAL =
  /^\[(ExifTool|System|File|Composite|JFIF|PNG|RIFF|GIF|IFD\d+|Meta|QuickTime|SubIFD\d*|ICC_Profile#none)\]/;
/** Groups and tags that a clean file may show; everything else that exiftool reads counts as left over. */
const LEFT_OVER =
  /GPS|Serial|Owner|Artist|Author|Creator|Copyright|Software|Make\b|Model\b|DateTime|CreateDate|ModifyDate|Comment|Description|Thumbnail|Preview|XMP|IPTC|Photoshop|MakerNote|ProfileDescription|Warning/i;

function measureMetadata() {
  const { work, out, records, status, peakMiB } = runOver(join(options.data, 'metadata'));
  const published = ['cleared', 'review']
    .map((name) => join(out, name))
    .filter((folder) => readdirSync(folder).length > 0);
  const text = execFileSync(
    'exiftool',
    ['-a', '-G1', '-s', '-u', '-U', '-r', '--ext', 'html', ...published],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    },
  );
  writeFileSync(join(results, 'metadata-exiftool.txt'), text);
  const tags = new Map();
  const left = [];
  for (const line of text.split('\n')) {
    const tag = /^\[(\S+)\]\s+(\S+)/.exec(line);
    if (!tag || tag[1] === 'System' || tag[1] === 'ExifTool') continue;
    const name = `${tag[1]}:${tag[2]}`;
    tags.set(name, (tags.get(name) ?? 0) + 1);
    if (!STRUCTURAL.test(line) || LEFT_OVER.test(tag[2])) left.push(line);
  }
  const refused = records.filter(({ outcome }) => outcome === 'refused');
  const lines = [
    `${records.length} files: ${records.length - refused.length} cleaned, ${refused.length} refused; exit code ${status}; peak memory of the leading process ${peakMiB.toFixed(0)} MiB`,
    `refused: ${refused.map(({ file, error }) => `\`${file}\` (${error.code})`).join(', ')}`,
    `tags that exiftool reads in the cleaned files: ${[...tags.keys()].sort().join(', ')}`,
    `tags left over: ${left.length}`,
  ];
  rmSync(work, { recursive: true });
  return lines;
}

function measureHostile() {
  const folder = join(options.data, 'hostile');
  const { files } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
  const { work, records, status, peakMiB } = runOver(folder);
  const wrong = files.filter(({ file, accept }) => {
    const record = records.find((candidate) => candidate.file === file.split('/').pop());
    if (!record) return true;
    return !accept.includes(record.outcome === 'refused' ? 'clear error and quarantine' : 'clean output');
  });
  const seconds = records.map((record) => record.seconds);
  rmSync(work, { recursive: true });
  return [
    `${files.length} files, ${records.length} records (the folder's own index.json among them); exit code ${status}`,
    `another outcome than accepted: ${wrong.length === 0 ? 'none' : wrong.map(({ file }) => `\`${file}\``).join(', ')}`,
    `slowest photo that was treated ${Math.max(...seconds).toFixed(1)} s, peak memory of the leading process ${peakMiB.toFixed(0)} MiB`,
  ];
}

/** What the attackers who read still read in the finished photos of a folder. */
function measureLegible(set) {
  const { images } = JSON.parse(readFileSync(join(options.data, set, 'labels.json'), 'utf8'));
  const files = heldOut(set, images).map(({ file }) => join(options.data, set, file));
  const { work, records } = runOver(...files);
  rmSync(work, { recursive: true });
  const told = (check) =>
    records.map(({ checks }) => checks?.find((result) => result.check === check)?.details ?? '');
  const sum = (details, pattern) =>
    details.reduce((total, text) => total + Number(pattern.exec(text)?.[1] ?? 0), 0);
  const [inside, anywhere] = [told('legible-text'), told('uncovered-text')];
  return `${set}: of ${sum(inside, /of (\d+) lines/)} covered lines on ${records.length} photos ${sum(inside, /^(\d+) of/)} can still be read; lines that PP-OCRv4 finds and reads elsewhere: ${sum(anywhere, /\((\d+)\)/)}, on ${anywhere.filter((text) => text.includes('(')).length} photos`;
}

const measures = [
  ['metadata', measureMetadata],
  ['hostile', measureHostile],
  ...LABELLED.map((set) => [set, () => scoreLabelled(set)]),
  ['faces', () => measureFaces(options.data, allHeldOut)],
  ['lesions', () => measureLesions(options.data, allHeldOut)],
  ['hand-crops', measureHandCrops],
  ['legible', () => TEXT_SETS.map(measureLegible)],
  ['codes', measureCodes],
  ['reading', () => measureReading(options.data, heldOut)],
];
const BEGIN = '<!-- eval:begin -->';
const END = '<!-- eval:end -->';
const text = readFileSync(document, 'utf8');
const begin = text.indexOf(BEGIN) + BEGIN.length;
const end = text.indexOf(END);
/** What the document says of each set; what is not measured now stays. */
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
  // After each set, so that hours of measuring can be stopped.
  const body = measures
    .filter(([name]) => sections.has(name))
    .map(([name]) => `### ${sections.get(name)}`)
    .join('\n\n');
  writeFileSync(document, `${text.slice(0, begin)}\n\n${body}\n\n${text.slice(end)}`);
}
