/**
 * `npm run tool bench/report.ts -- [--photos 2000]`: treats the sample photos, makes an output folder with as many
 * photos as asked out of what was recorded of them, and measures how long its reports and its summary take: the first
 * time, when pictures are put beside the report, and once more, as after a decision. Needs the built package.
 */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { Output, StagingPlace } from '../dist/publish/index.js';
import { recordOf } from '../dist/publish/ledger-record.js';
import { toolArguments } from '../scripts/support/arguments.ts';
import { MAIN, ROOT } from '../scripts/support/root.ts';

const { values } = toolArguments(import.meta.url, {
  options: { photos: { type: 'string', default: '2000' } },
});
const SIDE = 320;
const folder = mkdtempSync(join(tmpdir(), 'image-deid-bench-report-'));
try {
  spawnSync(process.execPath, [join(ROOT, 'samples/make-samples.mjs'), join(folder, 'photos')]);
  const treated = join(folder, 'treated');
  spawnSync(process.execPath, [MAIN, 'run', join(folder, 'photos'), '--out', treated], { stdio: 'inherit' });
  const records = readFileSync(join(treated, 'ledger.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .flatMap((line) => recordOf(JSON.parse(line) as Parameters<typeof recordOf>[0]) ?? []);
  mkdirSync(join(folder, 'in'));
  const out = join(folder, 'out');
  const entryOf = (i: number) => ({
    root: Buffer.from(join(folder, 'in')),
    path: Buffer.from(join(folder, 'in', String(i))),
    display: String(i),
    named: false,
  });
  const output = await Output.open(out, [], 'settings');
  for (let i = 0; i < Number(values.photos); i++) {
    const record = records[i % records.length]!;
    const { schema: _1, seq: _2, prev: _3, fence: _4, tool: _5, source: _6, output: _7, ...draft } = record;
    const { outcome, settings } = draft;
    const staged = outcome === 'refused' ? undefined : await stage(output.staging, i);
    const sealed = { sha256: 'a'.repeat(64), bytes: 1 };
    await output.publish(
      entryOf(i),
      String(i),
      { ...draft, source: sealed, settings: { ...settings, sha256: 's' }, timings: {} } as never,
      staged,
    );
  }
  for (const what of ['first', 'again']) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    await output.finish(false);
    const { user, system } = process.cpuUsage(used);
    const seconds = ((performance.now() - start) / 1000).toFixed(2);
    process.stdout.write(`${what}: ${seconds} s, ${((user + system) / 1e6).toFixed(2)} s of processor\n`);
  }
  await output.close();
  for (const file of ['report.html', 'review/report.html', 'summary.csv']) {
    process.stdout.write(`${file}: ${(statSync(join(out, file)).size / 1e6).toFixed(2)} MB\n`);
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** A photo of noise whose small view is as large as a real one. */
async function stage(staging: string, seed: number) {
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let i = 0; i < data.length; i++) data[i] = 128 + ((Math.imul(i + seed, 2_654_435_761) >>> 27) & 15);
  const pixels = { width: SIDE, height: SIDE, channels: 3, data } as const;
  const raw = { width: SIDE, height: SIDE, channels: 3 } as const;
  const bytes = await sharp(data, { raw }).png().toBuffer();
  const place = new StagingPlace(staging);
  await place.stage(bytes, 'png');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const facts = { sha256, bytes: bytes.length, format: 'png', width: SIDE, height: SIDE, frames: 1 } as const;
  return place.finish(facts, pixels, []);
}
