/** Parts of `npm run eval` that run the tool over files and look at what becomes of them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { MAIN, ROOT } from '../scripts/support/root.ts';
import { parseLines } from './support/answers.ts';
import { readLabels, type HeldOut } from './support/labels.ts';

/** The counts of lines in what a check says. */
const FINDING = z.looseObject({
  id: z.string(),
  values: z.looseObject({ lines: z.number().default(0), read: z.number().default(0) }),
});
const RECORD = z.looseObject({
  seq: z.number(),
  outcome: z.string(),
  error: z.looseObject({ code: z.string() }).optional(),
  checks: z.array(z.looseObject({ check: z.string(), details: FINDING })).optional(),
});
const NAME = z.looseObject({ seq: z.number(), path: z.string() });
const EVENT = z.looseObject({
  event: z.string(),
  seq: z.number().optional(),
  milliseconds: z.number().optional(),
});

interface FileRecord extends z.infer<typeof RECORD> {
  /** The file's own name. */
  readonly file: string;
  readonly seconds: number;
}

interface Run {
  /** A folder to be removed afterwards. */
  readonly work: string;
  readonly out: string;
  readonly status: number | null;
  /** Peak memory of the leading process. */
  readonly peakMiB: number;
  readonly records: readonly FileRecord[];
}

/** Runs the tool over folders or files and reads back what became of each file. */
function runOver(...inputs: readonly string[]): Run {
  const work = mkdtempSync(join(tmpdir(), 'image-deid-eval-'));
  const memory = join(work, 'memory.txt');
  writeFileSync(memory, '');
  const hook = pathToFileURL(join(ROOT, 'tests/support/record-peak-memory.mjs')).href;
  const out = join(work, 'out');
  const { status, stderr } = spawnSync(
    process.execPath,
    [MAIN, 'run', ...inputs, '--out', out, '--log', 'json'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: { ...process.env, NODE_OPTIONS: `--import=${hook}`, PEAK_MEMORY_FILE: memory },
    },
  );
  const lines = (name: string) => parseLines(readFileSync(join(out, name), 'utf8'));
  const names = new Map(
    lines('.state/names.jsonl')
      .map((line) => NAME.parse(line))
      .map(({ seq, path }) => [seq, Buffer.from(path, 'base64').toString()]),
  );
  const seconds = new Map(
    parseLines(stderr)
      .map((line) => EVENT.parse(line))
      .filter(({ event }) => event === 'photo')
      .map(({ seq, milliseconds }) => [seq, (milliseconds ?? NaN) / 1000]),
  );
  const peakMiB = Math.max(...readFileSync(memory, 'utf8').trim().split('\n').map(Number)) / 1024;
  const records = lines('ledger.jsonl').map((line) => {
    const record = RECORD.parse(line);
    const file = names.get(record.seq)?.split('/').pop();
    if (file === undefined) throw new Error('Expected a name for every record but one has none');
    return { ...record, file, seconds: seconds.get(record.seq) ?? NaN };
  });
  return { work, out, status, peakMiB, records };
}

const STRUCTURAL =
  /^\[(ExifTool|System|File|Composite|JFIF|PNG|RIFF|GIF|IFD\d+|Meta|QuickTime|SubIFD\d*|ICC_Profile#none)\]/;
/** Groups and tags that a clean file may show; everything else that exiftool reads counts as left over. */
const LEFT_OVER =
  /GPS|Serial|Owner|Artist|Author|Creator|Copyright|Software|Make\b|Model\b|DateTime|CreateDate|ModifyDate|Comment|Description|Thumbnail|Preview|XMP|IPTC|Photoshop|MakerNote|ProfileDescription|Warning/i;

/** @param results the folder for exiftool's listing of the cleaned files */
export function measureMetadata(data: string, results: string): string[] {
  const { work, out, records, status, peakMiB } = runOver(join(data, 'metadata'));
  const published = ['cleared', 'review']
    .map((name) => join(out, name))
    .filter((folder) => readdirSync(folder).length > 0);
  const text = execFileSync(
    'exiftool',
    ['-a', '-G1', '-s', '-u', '-U', '-r', '--ext', 'html', ...published],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  writeFileSync(join(results, 'metadata-exiftool.txt'), text);
  const tags = new Set<string>();
  let left = 0;
  for (const line of text.split('\n')) {
    const [, group, tag] = /^\[(\S+)\]\s+(\S+)/.exec(line) ?? [];
    if (group === undefined || tag === undefined || group === 'System' || group === 'ExifTool') continue;
    tags.add(`${group}:${tag}`);
    if (!STRUCTURAL.test(line) || LEFT_OVER.test(tag)) left++;
  }
  const refused = records.filter(({ outcome }) => outcome === 'refused');
  rmSync(work, { recursive: true });
  return [
    `${records.length} files: ${records.length - refused.length} cleaned, ${refused.length} refused; exit code ${status}; peak memory of the leading process ${peakMiB.toFixed(0)} MiB`,
    `refused: ${refused.map(({ file, error }) => `\`${file}\` (${error?.code})`).join(', ')}`,
    `tags that exiftool reads in the cleaned files: ${[...tags].sort().join(', ')}`,
    `tags left over: ${left}`,
  ];
}

const HOSTILE = z.looseObject({
  files: z.array(z.looseObject({ file: z.string(), accept: z.array(z.string()) })),
});

export function measureHostile(data: string): string[] {
  const folder = join(data, 'hostile');
  const { files } = HOSTILE.parse(JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')));
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

/** What the checks that read can still read in the finished photos of a folder. */
export function measureLegible(data: string, set: string, heldOut: HeldOut): string {
  const { images } = readLabels(data, set);
  const files = heldOut(set, images).map(({ file }) => join(data, set, file));
  const { work, records } = runOver(...files);
  rmSync(work, { recursive: true });
  const findings = records.flatMap(({ checks }) => (checks ?? []).map(({ details }) => details));
  const of = (check: string) => findings.filter(({ id }) => id.startsWith(`${check}/`));
  const sum = (told: readonly z.infer<typeof FINDING>[], count: 'lines' | 'read') =>
    told.reduce((total, { values }) => total + values[count], 0);
  const legible = findings.filter(({ id }) => id === 'legible-text/read');
  const elsewhere = findings.filter(({ id }) => id === 'uncovered-text/read');
  return `${set}: of ${sum(of('legible-text'), 'lines')} covered lines on ${records.length} photos ${sum(legible, 'read')} can still be read; lines that PP-OCRv4 finds and reads elsewhere: ${sum(elsewhere, 'lines')}, on ${elsewhere.length} photos`;
}
