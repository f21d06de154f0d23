/**
 * `npm run tool bench/ledger-scale.ts -- [--photos 100000] [--review 0.2] [--files 0] [--ledger FILE]`: what an output folder with many
 * records costs beside the photos. Treats the sample photos, or takes the ledger of a run that did, writes a ledger and
 * a name map of as many photos as asked out of what was recorded of them (`--review`: the share that waits for a person), and measures, each in a process of
 * its own, seconds, processor seconds and peak memory of: a run that goes on, its reports and summary, the walk of
 * `verify`, `names`, the page's list of what waits, and one decision there. With `--files` it also makes so many empty
 * files in folders of 1,000 and measures their listing and the drawing of an order. Needs the built package.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inRandomOrder } from '../dist/batch/index.js';
import { DEFAULT_SETTINGS, settingsHash } from '../dist/pipeline/index.js';
import { readSoundChain } from '../dist/publish/ledger-chain.js';
import { recordOf } from '../dist/publish/ledger-record.js';
import { namedPhotos, Output, ReviewedOutput } from '../dist/publish/index.js';
import { Tally } from '../dist/publish/tally.js';
import { entryOf } from '../dist/review/server/index.js';
import { collectInputs } from '../dist/source/index.js';
import { toolArguments } from '../scripts/support/arguments.ts';
import { MAIN, ROOT } from '../scripts/support/root.ts';

const CLEARED = 0.98;
const IN_A_FOLDER = 1000;
type Stored = NonNullable<ReturnType<typeof recordOf>>;

/** What is measured, in a folder that holds `out` and `files`. */
const STEPS: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
  'a run that goes on': async (folder) => {
    const output = await Output.open(join(folder, 'out'), [], settingsHash(DEFAULT_SETTINGS));
    await output.close();
  },
  'the same, with reports and summary': async (folder) => {
    const output = await Output.open(join(folder, 'out'), [], settingsHash(DEFAULT_SETTINGS));
    await output.finish(false);
    await output.close();
  },
  'the walk of verify': async (folder) => {
    const tally = new Tally();
    await readSoundChain(join(folder, 'out/ledger.jsonl'), (link) => {
      const record = recordOf(link);
      if (record) tally.add(record);
      return record !== undefined;
    });
  },
  names: (folder) => namedPhotos(join(folder, 'out')),
  "the page's list": async (folder) => {
    const output = await ReviewedOutput.open(join(folder, 'out'));
    const entries = await Promise.all((await output.list()).map((photo) => entryOf(photo, output)));
    process.stdout.write(`${entries.length} photos wait, ${JSON.stringify(entries).length} bytes\n`);
  },
  'a decision after it': async (folder) => {
    const output = await ReviewedOutput.open(join(folder, 'out'));
    const [first] = await output.list();
    if (!first) return;
    const used = process.cpuUsage();
    await output.decide(first, { outcome: 'refused', reviewer: 'AB' });
    await output.list();
    const { user, system } = process.cpuUsage(used);
    process.stdout.write(`decision: ${((user + system) / 1e6).toFixed(2)} s of processor\n`);
  },
  'listing and order': async (folder) =>
    inRandomOrder((await collectInputs([join(folder, 'files')])).entries),
};

const { values } = toolArguments(import.meta.url, {
  options: {
    photos: { type: 'string', default: '100000' },
    review: { type: 'string', default: '0.2' },
    files: { type: 'string', default: '0' },
    ledger: { type: 'string' },
    step: { type: 'string' },
    folder: { type: 'string' },
  },
});
if (values.step === undefined)
  await measure(Number(values.photos), Number(values.review), Number(values.files));
else {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await STEPS[values.step]?.(values.folder ?? '');
  const { user, system } = process.cpuUsage(before);
  const facts = {
    seconds: (performance.now() - start) / 1000,
    processor: (user + system) / 1e6,
    MiB: process.resourceUsage().maxRSS / 1024,
  };
  process.stdout.write(`${JSON.stringify(facts)}\n`);
}

async function measure(photos: number, review: number, files: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'image-deid-ledger-scale-'));
  try {
    await writeFolder(folder, photos, review);
    for (let i = 0; i < files; i++) {
      const inside = join(folder, 'files', String(Math.floor(i / IN_A_FOLDER)));
      if (i % IN_A_FOLDER === 0) mkdirSync(inside, { recursive: true });
      writeFileSync(join(inside, `IMG_${i}.jpg`), '');
    }
    const rows: Record<string, object> = {};
    for (const step of Object.keys(STEPS)) {
      if (step === 'listing and order' && files === 0) continue;
      const args = [...process.execArgv, fileURLToPath(import.meta.url), '--step', step, '--folder', folder];
      const lines = execFileSync(process.execPath, args, { encoding: 'utf8' }).trimEnd().split('\n');
      const { seconds, processor, MiB } = JSON.parse(lines.pop() ?? '') as Record<string, number>;
      for (const line of lines) console.log(line);
      rows[step] = {
        seconds: Number(seconds!.toFixed(2)),
        'processor seconds': Number(processor!.toFixed(2)),
        'peak MiB': Math.round(MiB!),
      };
    }
    console.table(rows);
    const mb = (path: string) => Number((statSync(join(folder, 'out', path)).size / 1e6).toFixed(2));
    const sizes = ['ledger.jsonl', '.state/names.jsonl', 'summary.csv', 'report.html', 'review/report.html'];
    console.table(Object.fromEntries(sizes.map((path) => [path, { MB: mb(path) }])));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An output folder as a run leaves it, but without its photos. */
async function writeFolder(folder: string, photos: number, review: number): Promise<void> {
  const out = join(folder, 'out');
  await (await Output.open(out, [], settingsHash(DEFAULT_SETTINGS))).close();
  const records = recordsOfSamples(folder);
  const of = (outcome: string) => records.filter((record) => record.outcome === outcome);
  const kinds = { cleared: of('cleared'), review: of('review'), refused: of('refused') };
  const [ledger, names] = ['ledger.jsonl', '.state/names.jsonl'].map((name) =>
    createWriteStream(join(out, name)),
  );
  if (!ledger || !names) return;
  let prev = '0'.repeat(64);
  for (let i = 0; i < photos; i++) {
    // Spread evenly, as in a run.
    const waits = Math.floor((i + 1) * review) > Math.floor(i * review);
    const clears = Math.floor((i + 1) * CLEARED) > Math.floor(i * CLEARED);
    const some = kinds[waits ? 'review' : clears ? 'cleared' : 'refused'];
    const record = some[i % some.length];
    if (!record) throw new Error('Expected a sample of every outcome');
    const { output } = record;
    const sha256 = randomBytes(32).toString('hex');
    const name = output && `${randomBytes(8).toString('hex')}.${output.name.split('.')[1]}`;
    const line = JSON.stringify({
      ...record,
      seq: i + 1,
      prev,
      fence: 1,
      source: { hmac: randomBytes(32).toString('hex') },
      ...(output && { output: { ...output, name, sha256 } }),
    });
    prev = createHash('sha256').update(line).digest('hex');
    const path = Buffer.from(`/mnt/archive/photos/2024/${i % IN_A_FOLDER}/IMG_${i}.jpg`).toString('base64');
    const isRoom = ledger.write(`${line}\n`);
    const named = { seq: i + 1, path, source: sha256, ...(name !== undefined && { name }) };
    const isRoomToo = names.write(`${JSON.stringify(named)}\n`);
    if (!isRoom) await once(ledger, 'drain');
    if (!isRoomToo) await once(names, 'drain');
  }
  for (const stream of [ledger, names]) {
    stream.end();
    await once(stream, 'finish');
  }
}

function recordsOfSamples(folder: string): Stored[] {
  const lines = readFileSync(values.ledger ?? ledgerOfSamples(folder), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.flatMap((line) => recordOf(JSON.parse(line) as Parameters<typeof recordOf>[0]) ?? []);
}

function ledgerOfSamples(folder: string): string {
  spawnSync(process.execPath, [join(ROOT, 'samples/make-samples.mjs'), join(folder, 'photos')]);
  const treated = join(folder, 'treated');
  spawnSync(process.execPath, [MAIN, 'run', join(folder, 'photos'), '--out', treated], { stdio: 'inherit' });
  return join(treated, 'ledger.jsonl');
}
