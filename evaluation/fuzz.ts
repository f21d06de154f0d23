/**
 * `npm run tool evaluation/fuzz.ts -- [--files 5000] [--seed 1]`: a batch of damaged files, made by seeded mutations of
 * the samples' bytes. Counts crashes of the run, photos without a record, hangs and unclean outputs. A file that takes
 * too long while others are treated is treated once more, alone: it counts as a hang only if it takes too long again.
 * Needs the built package, and exiftool for an independent look at the outputs.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { toolArguments } from '../scripts/support/arguments.ts';
import { MAIN, ROOT } from '../scripts/support/root.ts';
import { numbersOf } from './numbers-of.ts';

const HANG_SECONDS = 20;
/** The first bytes of a file, where containers say what follows. */
const HEAD = 4096;
const EDGES = [0x00, 0x01, 0x7f, 0x80, 0xff];
/** Groups of tags that may not come back in an output. */
const TAGS = ['GPS:all', 'XMP:all', 'IPTC:all', 'ExifIFD:all', 'Photoshop:all', 'MakerNotes:all'];

const { values } = toolArguments(import.meta.url, {
  options: { files: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' } },
});
const files = Number(values.files);
const random = numbersOf(`fuzz ${values.seed}`);
const below = (n: number) => Math.floor(random() * n);

/** Half of all mutations are in the head. */
const place = (bytes: Buffer) => below(random() < 0.5 ? Math.min(HEAD, bytes.length) : bytes.length);

const MUTATIONS: readonly ((bytes: Buffer, other: Buffer) => Buffer)[] = [
  function flipBits(bytes) {
    const out = Buffer.from(bytes);
    for (let i = 0; i <= below(16); i++) out[place(out)]! ^= 1 << below(8);
    return out;
  },
  function setEdges(bytes) {
    const out = Buffer.from(bytes);
    const at = place(out);
    out.fill(EDGES[below(EDGES.length)]!, at, Math.min(out.length, at + 1 + below(8)));
    return out;
  },
  function truncate(bytes) {
    return bytes.subarray(0, place(bytes));
  },
  function remove(bytes) {
    const at = place(bytes);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(64))]);
  },
  function repeat(bytes) {
    const at = place(bytes);
    const piece = bytes.subarray(at, at + 1 + below(512));
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  },
  function splice(bytes, other) {
    return Buffer.concat([bytes.subarray(0, place(bytes)), other.subarray(place(other))]);
  },
  function insertNoise(bytes) {
    const at = place(bytes);
    const noise = Buffer.from(Array.from({ length: 1 + below(32) }, () => below(256)));
    return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]);
  },
];

const folder = mkdtempSync(join(tmpdir(), 'image-deid-fuzz-'));
const [input, out] = [join(folder, 'in'), join(folder, 'out')];

/** The parts of a ledger record that are read. */
const RECORD = z.looseObject({
  seq: z.number(),
  retryOf: z.number().optional(),
  error: z.looseObject({ code: z.string(), stage: z.string() }).optional(),
  output: z.looseObject({}).optional(),
});
type LedgerRecord = z.infer<typeof RECORD>;

const isTimeout = ({ error }: LedgerRecord) => error?.code === 'timeout' && error.stage === 'worker';

/** @returns the exit code, and the ledger's records */
async function run(words: readonly string[]): Promise<[code: number | null, records: LedgerRecord[]]> {
  const all = [MAIN, 'run', input, '--out', out, '--photo-seconds', String(HANG_SECONDS), ...words];
  const child = spawn(process.execPath, all, { stdio: ['ignore', 'ignore', 'pipe'] });
  let photos = 0;
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.includes('"event":"photo"') && ++photos % 250 === 0) process.stderr.write(`${photos} files\n`);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  const lines = readFileSync(join(out, 'ledger.jsonl'), 'utf8').trim().split('\n');
  return [code, lines.map((line) => RECORD.parse(JSON.parse(line)))];
}

try {
  execFileSync(process.execPath, [join(ROOT, 'samples/make-samples.mjs'), join(folder, 'samples')]);
  const names = readdirSync(join(folder, 'samples')).filter((name) => !name.endsWith('.json'));
  const samples = names.map((name) => readFileSync(join(folder, 'samples', name)));
  mkdirSync(input);
  for (let i = 0; i < files; i++) {
    let bytes: Buffer = samples[i % samples.length]!;
    for (let n = 0; n <= below(3); n++) {
      bytes = MUTATIONS[below(MUTATIONS.length)]!(bytes, samples[below(samples.length)]!);
    }
    writeFileSync(join(input, `${i}-${names[i % names.length]}`), bytes);
  }
  const start = performance.now();
  const [code, first] = await run(['--log', 'json']);
  const slow = first.filter(isTimeout).length;
  const [again, all] = slow > 0 ? await run(['--retry-refused', '--jobs', '1']) : [code, first];
  const retried = new Set(all.map(({ retryOf }) => retryOf));
  const records = all.filter(({ seq }) => !retried.has(seq));
  const codes: Record<string, number> = {};
  for (const { error } of records) if (error) codes[error.code] = (codes[error.code] ?? 0) + 1;
  const verify = spawn(process.execPath, [MAIN, 'verify', out, '--private'], { stdio: 'ignore' });
  const [verdict] = (await once(verify, 'close')) as [number | null];
  const published = ['cleared', 'review'].map((name) => join(out, name));
  const left = execFileSync('exiftool', [
    '-q',
    '-r',
    '-a',
    '--ext',
    'html',
    ...TAGS.map((tag) => `-${tag}`),
    ...published,
  ]);
  console.table(codes);
  console.table({
    files,
    minutes: Number(((performance.now() - start) / 60_000).toFixed(1)),
    'exit codes of the runs (3 is right)': [code, again].join(),
    'without a record': files - records.length,
    'workers that crashed': codes['worker-crashed'] ?? 0,
    [`over ${HANG_SECONDS} s beside others`]: slow,
    [`hangs: over ${HANG_SECONDS} s alone`]: records.filter(isTimeout).length,
    published: records.filter(({ output }) => output).length,
    'verify’s exit code (0 is clean)': verdict,
    'tags that exiftool still reads': left.toString().split('\n').filter(Boolean).length,
  });
} finally {
  rmSync(folder, { recursive: true });
}
