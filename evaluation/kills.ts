/**
 * `npm run tool evaluation/kills.ts -- [--photos 300] [--kills 50] [--seed 1]`: a batch that is killed at random
 * moments and started again each time. Counts what is lost, doubled or half-written in the end. Needs the built
 * package.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { toolArguments } from '../scripts/support/arguments.ts';
import { MAIN } from '../scripts/support/root.ts';
import { numbersOf } from './numbers-of.ts';

/** A kill comes within this many seconds of a run's first photo: several photos are treated by then. */
const WITHIN = 6;

const { values } = toolArguments(import.meta.url, {
  options: {
    photos: { type: 'string', default: '300' },
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
});
const [photos, kills] = [Number(values.photos), Number(values.kills)];
const random = numbersOf(`kills ${values.seed}`);
const folder = mkdtempSync(join(tmpdir(), 'image-deid-kills-'));
const [input, out] = [join(folder, 'in'), join(folder, 'out')];

/** The parts of a ledger record that are read. */
const RECORD = z.looseObject({
  source: z.looseObject({ hmac: z.string() }),
  output: z.looseObject({}).optional(),
});

/** @param delay seconds from the first photo to the kill; absent: the run goes on to its end */
async function run(delay?: number): Promise<{
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly repaired: boolean;
}> {
  const child = spawn(process.execPath, [MAIN, 'run', input, '--out', out, '--log', 'json'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  let timer: NodeJS.Timeout | undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
    if (delay !== undefined && !timer && log.includes('"photo')) {
      timer = setTimeout(() => child.kill('SIGKILL'), delay * 1000);
    }
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  return { code, signal, repaired: log.includes('ledger-repaired') };
}

try {
  mkdirSync(input);
  for (let i = 0; i < photos; i++) {
    const background = { r: 120 + (i % 120), g: 100 + Math.floor(i / 120) * 20, b: 90 };
    const image = sharp({ create: { width: 64, height: 48, channels: 3, background } });
    writeFileSync(join(input, `${i}.png`), await image.png().toBuffer());
  }
  let [killed, repaired] = [0, 0];
  while (killed < kills) {
    const end = await run(WITHIN * random());
    if (end.signal === 'SIGKILL') killed++;
    if (end.repaired) repaired++;
    if (end.signal !== 'SIGKILL') break;
    process.stderr.write(`${killed} kills\n`);
  }
  const { code } = await run();
  const records = readFileSync(join(out, 'ledger.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => RECORD.parse(JSON.parse(line)));
  const sources = new Set(records.map(({ source }) => source.hmac));
  const published = ['cleared', 'review'].flatMap((name) =>
    readdirSync(join(out, name)).filter((file) => file !== 'report.html'),
  );
  const verified = spawn(process.execPath, [MAIN, 'verify', out, '--private'], { stdio: 'ignore' });
  const [verdict] = (await once(verified, 'close')) as [number | null];
  console.table({
    photos,
    kills: killed,
    'last run’s exit code': code,
    lost: photos - sources.size,
    doubled: records.length - sources.size,
    'published without a record, or the other way round':
      published.length - records.filter(({ output }) => output).length,
    'left in staging': readdirSync(join(out, '.state/staging')).length,
    'ledgers repaired': repaired,
    'verify’s exit code': verdict,
  });
} finally {
  rmSync(folder, { recursive: true });
}
