/**
 * `npm run eval`: measures the built tool on labelled photos, metadata samples and hostile files that are not part of
 * the project, and writes the figures into docs/EVALUATION.md.
 *
 *   npm run eval -- [--data FOLDER] [--score SCRIPT] [--only SET,SET]
 *
 * Without the data it says so and changes nothing.
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

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/cli/main.js');
const document = join(root, 'docs/EVALUATION.md');
const results = join(root, 'eval-out');
/** Folder of labelled photos → how many of them are looked at, evenly spread; seconds count here. */
const LABELLED = {
  'text/incidental': 130,
  'text/burned-in': 49,
  'face/wider': 119,
  'face/clinical': 75,
  'negative/dermoscopy': 60,
  'negative/dermnet': 100,
  'face/masks': 100,
  'text/oriented': 80,
  'text/forms': 25,
  'negative/skin': 30,
};
const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(root, '../shared/data') },
    score: { type: 'string', default: join(root, '../shared/eval/score.mjs') },
    only: { type: 'string' },
  },
});
const wanted = (set) => !options.only || options.only.split(',').includes(set);

if (!existsSync(options.data)) {
  process.stdout.write(`There is no evaluation data at ${options.data}; nothing was measured or changed.\n`);
  process.exit(0);
}
mkdirSync(results, { recursive: true });

/** What `score.mjs` says of one folder of labelled photos. */
function scoreLabelled(set, most) {
  const labels = JSON.parse(readFileSync(join(options.data, set, 'labels.json'), 'utf8'));
  const count = Math.min(most, labels.images.length);
  const images = Array.from(
    { length: count },
    (_, i) => labels.images[Math.floor((i * labels.images.length) / count)],
  );
  const work = join(results, set);
  const predictions = join(work, 'predictions.ndjson');
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, 'labels.json'), JSON.stringify({ ...labels, images }));
  const files = images.map(({ file }) => join(options.data, set, file));
  const { stdout } = spawnSync(process.execPath, [main, 'inspect', '--json', ...files], {
    maxBuffer: 2 ** 30,
  });
  writeFileSync(predictions, stdout);
  const scores = execFileSync(process.execPath, [options.score, work, predictions], { encoding: 'utf8' });
  const lines = scores.split('\n').slice(1).filter(Boolean);
  return [`${count} of ${labels.images.length} photos`, ...lines.map((line) => line.trim())];
}

/** Runs the tool over a folder and reads back what became of each file. */
function runOver(folder) {
  const work = mkdtempSync(join(tmpdir(), 'image-deid-eval-'));
  const memory = join(work, 'memory.txt');
  writeFileSync(memory, '');
  const hook = pathToFileURL(join(root, 'tests/support/record-peak-memory.mjs')).href;
  const out = join(work, 'out');
  const { status } = spawnSync(
    process.execPath,
    [main, 'run', folder, '--out', out, '--attest', 'no-tattoo'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: `--import=${hook}`, PEAK_MEMORY_FILE: memory },
    },
  );
  const lines = (name) =>
    readFileSync(join(out, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const records = lines('ledger.jsonl');
  const names = new Map(
    lines('.state/names.jsonl').map((line) => [line.seq, Buffer.from(line.path, 'base64').toString()]),
  );
  const peakMiB = Math.max(...readFileSync(memory, 'utf8').trim().split('\n').map(Number)) / 1024;
  return {
    work,
    out,
    status,
    peakMiB,
    records: records.map((record) => ({ ...record, file: names.get(record.seq).split('/').pop() })),
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
  const text = execFileSync('exiftool', ['-a', '-G1', '-s', '-u', '-U', '-r', ...published], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
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
    `${records.length} files: ${records.length - refused.length} cleaned, ${refused.length} refused; exit code ${status}; peak memory ${peakMiB.toFixed(0)} MiB`,
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
  const seconds = records.map(
    ({ timings }) => Object.values(timings).reduce((sum, ms) => sum + ms, 0) / 1000,
  );
  rmSync(work, { recursive: true });
  return [
    `${files.length} files, ${records.length} records (the folder's own index.json among them); exit code ${status}`,
    `another outcome than accepted: ${wrong.length === 0 ? 'none' : wrong.map(({ file }) => `\`${file}\``).join(', ')}`,
    `slowest photo that was treated ${Math.max(...seconds).toFixed(1)} s, peak memory ${peakMiB.toFixed(0)} MiB`,
  ];
}

const measures = [
  ['metadata', measureMetadata],
  ['hostile', measureHostile],
  ...Object.entries(LABELLED).map(([set, most]) => [set, () => scoreLabelled(set, most)]),
];
const store = join(results, 'figures.json');
const figures = existsSync(store) ? JSON.parse(readFileSync(store, 'utf8')) : {};
for (const [set, measure] of measures.filter(([name]) => wanted(name))) {
  process.stdout.write(`${set}\n`);
  figures[set] = measure();
  for (const line of figures[set]) process.stdout.write(`  ${line}\n`);
  writeFileSync(store, JSON.stringify(figures, null, 2));
}

const BEGIN = '<!-- eval:begin -->';
const END = '<!-- eval:end -->';
const text = readFileSync(document, 'utf8');
const body = measures
  .filter(([set]) => figures[set])
  .map(([set]) => `### ${set}\n\n${figures[set].map((line) => `- ${line}`).join('\n')}\n`)
  .join('\n');
const [before, after] = [text.slice(0, text.indexOf(BEGIN) + BEGIN.length), text.slice(text.indexOf(END))];
writeFileSync(document, `${before}\n\n${body}\n${after}`);
