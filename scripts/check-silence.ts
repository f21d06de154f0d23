/**
 * Proves that the packed tool is silent: no lookup of a name, no connection except to the loopback address, no packet,
 * and no file outside the output folder, whatever libraries it is made of.
 *
 *   npm run tool scripts/check-silence.ts MAIN PHOTOS
 *
 * MAIN is dist/cli/main.js of an installation from the tarball, PHOTOS was filled by samples/make-samples.mjs. Needs
 * Linux with unshare, ip and strace; fails where they do not work.
 */
import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import type * as ChannelModule from '../dist/review/channel/open-channel.js';
import { apart, openNetwork, packetsSent } from './silence/namespace.ts';
import { readTrace, traced, type Seen } from './silence/trace.ts';
import { failUsage, toolArguments } from './support/arguments.ts';

/** These contain faces, text and a code, and need every engine. */
const PHOTOS = ['chat.webp', 'name-label.jpg', 'specimen-code.png'];
const { values, positionals } = toolArguments(import.meta.url, {
  allowPositionals: true,
  options: { inside: { type: 'boolean', default: false } },
});
const [main = '', photos = ''] = positionals;
if (!main || !photos) failUsage(import.meta.url, 'MAIN and PHOTOS are missing');
if (!values.inside) process.exit(runApart());

const work = realpathSync(mkdtempSync(join(tmpdir(), 'silence-')));
const folder = (name: string) => {
  mkdirSync(join(work, name));
  return join(work, name);
};
const [logs, input, inbox, output] = [folder('logs'), folder('in'), folder('inbox'), folder('out')];
/** These folders are empty at the start, and have to be empty at the end. */
const [home, cache, scratch] = [folder('home'), folder('cache'), folder('scratch')];
const mustStayEmpty = [home, cache, scratch];
const env = {
  PATH: process.env.PATH,
  HOME: home,
  XDG_CACHE_HOME: cache,
  TMPDIR: scratch,
  // The tool must be silent even when the environment says otherwise.
  ORT_DISABLE_TELEMETRY: '0',
};
try {
  for (const name of PHOTOS) copyFileSync(join(photos, name), join(input, name));
  openNetwork();
  await proveCounters();
  await check('run', [main, 'run', input, '--out', join(output, 'run')], { codes: [0, 3] });
  await check('inspect', [main, 'inspect', '--json', input]);
  await check('verify', [main, 'verify', '--private', join(output, 'run')]);
  await check('review', [main, 'review', '--no-open'], { drive: dropPhoto });
  await check('review of a run', [main, 'review', join(output, 'run'), '--no-open'], { drive: seeQueue });
  await check('watch', [main, 'watch', inbox, '--out', join(output, 'watch'), '--log', 'json'], {
    codes: [0, 3],
    drive: arrive,
  });
  const index = pathToFileURL(join(main, '../../index.js')).href;
  const call = `const { deidentify } = await import(${JSON.stringify(index)});
    const { outcome } = await deidentify(await (await import('node:fs/promises')).readFile(process.argv[1]));
    if (!outcome) process.exit(1);`;
  await check('library', ['--input-type=module', '-e', call, join(input, 'name-label.jpg')]);
} finally {
  rmSync(work, { recursive: true, force: true });
}

type Child = ChildProcessByStdio<null, Readable, Readable>;
type LinesOf = (stream: Readable) => AsyncIterator<string>;
/** Is given the process, and the lines that it prints; afterwards the process is asked to end. */
type Drive = (child: Child, linesOf: LinesOf) => Promise<void>;

function runApart(): number {
  try {
    for (const command of ['strace', 'ip']) {
      if (spawnSync(command, ['-V']).status !== 0) throw new Error(`this needs ${command}`);
    }
    const [command, ...before] = apart();
    const rest = [
      ...before,
      process.execPath,
      ...process.execArgv,
      fileURLToPath(import.meta.url),
      '--inside',
      main,
      photos,
    ];
    return spawnSync(command, rest, { stdio: 'inherit' }).status ?? 1;
  } catch (error) {
    process.stderr.write(
      `NOT CHECKED whether the tool is silent: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 1;
  }
}

/** A count of nothing proves something only if the counters work: they must see what is there, not what is allowed. */
async function proveCounters(): Promise<void> {
  const lookup = await observe('control-lookup', [
    '-e',
    "require('dns').lookup('control.example', () => {})",
  ]);
  const connect = await observe('control-connect', [
    '-e',
    "require('net').connect(443, '192.0.2.1').on('error', () => {}); setTimeout(() => process.exit(), 500)",
  ]);
  const own = await observe('control-loopback', [
    '-e',
    "const s = require('net').createServer((c) => c.end()).listen(0, '127.0.0.1', () => require('net').connect(s.address().port, '127.0.0.1').on('close', () => s.close()).resume())",
  ]);
  const file = await observe('control-file', [
    '-e',
    `require('fs').writeFileSync(${JSON.stringify(join(work, 'x'))}, '')`,
  ]);
  const isSeen =
    lookup.lookups.length > 0 && lookup.packets > 0 && connect.connections.length > 0 && connect.packets > 0;
  const isQuiet = [...own.lookups, ...own.connections].length + own.packets === 0;
  if (!isSeen || !isQuiet || file.written.filter((path) => path === join(work, 'x')).length !== 1) {
    throw new Error(`The counters do not work here: ${JSON.stringify({ lookup, connect, own, file })}`);
  }
  process.stdout.write(
    `control: ${lookup.lookups.length} lookups in ${lookup.packets} packets, ${connect.connections.length} connection in ${connect.packets}; on the loopback address none\n`,
  );
}

async function check(
  name: string,
  args: readonly string[],
  { codes = [0], drive }: { readonly codes?: readonly number[]; readonly drive?: Drive } = {},
): Promise<void> {
  const start = performance.now();
  const { code, said, lookups, connections, packets, written } = await observe(name, args, drive);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const own = [output, scratch, '/dev', '/proc/self'];
  const outside = written.filter((path) => !own.some((place) => path.startsWith(`${place}/`)));
  const left = mustStayEmpty.flatMap((place) =>
    readdirSync(place, { recursive: true, encoding: 'utf8' }).map((path) => join(place, path)),
  );
  process.stdout.write(
    `${name}: ${lookups.length} lookups, ${connections.length} connections, ${packets} packets; ${written.length} files written, ${outside.length} outside, ${left.length} left (${seconds} s)\n`,
  );
  const problems = [...lookups, ...connections, ...outside, ...left];
  if (packets > 0) problems.push(`${packets} packets`);
  if (code === null || !codes.includes(code)) problems.push(`exit code ${code}: ${said}`);
  if (problems.length > 0)
    throw new Error(`${name} is not silent, or does not work:\n${problems.join('\n')}`);
}

interface Observed extends Seen {
  readonly code: number | null;
  readonly said: string;
  readonly packets: number;
}

async function observe(name: string, args: readonly string[], drive?: Drive): Promise<Observed> {
  const log = join(logs, name);
  const before = packetsSent();
  const [command, ...rest] = traced(log);
  const child = spawn(command, [...rest, process.execPath, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (data: string) => (said += data));
  }
  if (drive) {
    try {
      await drive(child, (stream) => createInterface({ input: stream })[Symbol.asyncIterator]());
    } finally {
      // The signal is for the command, not for strace, which watches it.
      const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
      process.kill(Number(children.trim().split(' ')[0]), 'SIGTERM');
    }
  }
  const [code] = (await ended) as [number | null];
  return { code, said, packets: packetsSent() - before, ...readTrace(log) };
}

/** Takes a photo through the page: opened, looked at, checked, saved. */
async function dropPhoto(child: Child, linesOf: LinesOf): Promise<void> {
  const call = await page(child, linesOf);
  const opened = await call('photos', 'POST', readFileSync(join(input, 'name-label.jpg')));
  const { id } = z.looseObject({ id: z.string() }).parse(await opened.json());
  await call(`photos/${id}/ready`);
  await call(`photos/${id}/after/0`);
  await call(`photos/${id}/check`, 'POST');
  const saved = await call(`photos/${id}/save`, 'POST', JSON.stringify({ hasLooked: true }));
  if ((await saved.arrayBuffer()).byteLength === 0) throw new Error('The page saved nothing');
}

async function seeQueue(child: Child, linesOf: LinesOf): Promise<void> {
  const call = await page(child, linesOf);
  await call('queue');
}

/** The page's session with the server, run by the page's own code. */
async function page(child: Child, linesOf: LinesOf) {
  const { origin, hash } = new URL(await nextOf(linesOf(child.stdout)));
  const code = pathToFileURL(join(main, '../../review/channel/open-channel.js')).href;
  const { Channel } = (await import(code)) as typeof ChannelModule;
  const channel = await Channel.open(`${origin}/api`, hash.slice(1), globalThis.fetch);
  await channel.call('/alive', { method: 'POST' });
  return async (path: string, method = 'GET', body?: Buffer | string) => {
    const bytes =
      body === undefined ? {} : { body: new Uint8Array(typeof body === 'string' ? Buffer.from(body) : body) };
    const answer = await channel.call(`/${path}`, { method, ...bytes });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
}

/** Puts a photo into a folder that is being watched. */
async function arrive(child: Child, linesOf: LinesOf): Promise<void> {
  const lines = linesOf(child.stderr);
  await nextOf(lines);
  copyFileSync(join(photos, 'name-label.jpg'), join(inbox, 'name-label.jpg'));
  const isPhoto = (line: string) =>
    z.looseObject({ event: z.string() }).parse(JSON.parse(line)).event === 'photo';
  while (!isPhoto(await nextOf(lines)));
}

async function nextOf(lines: AsyncIterator<string>): Promise<string> {
  const next = await lines.next();
  if (next.done) throw new Error('It ended before it had said everything');
  return next.value;
}
