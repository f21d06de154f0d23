/**
 * Proves that the packed tool is silent: no lookup of a name, no connection but on the loopback address, no packet, and
 * no file outside the output folder, whatever it is made of.
 *
 *   node scripts/check-silence.mjs MAIN PHOTOS
 *
 * MAIN is dist/cli/main.js of an installation from the tarball, PHOTOS was filled by samples/make-samples.mjs. Needs
 * Linux with unshare, ip and strace; fails where they do not work.
 */
/* global fetch -- of the loopback address */
import { spawn, spawnSync } from 'node:child_process';
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
import { fileURLToPath, pathToFileURL } from 'node:url';
import { apart, openNetwork, packetsSent } from './silence/namespace.mjs';
import { readTrace, traced } from './silence/trace.mjs';

/** Among them faces, text, a code and every engine. */
const PHOTOS = ['chat.webp', 'name-label.jpg', 'specimen-code.png'];
const INSIDE = '--inside';
const words = process.argv.slice(2);
const isInside = words[0] === INSIDE;
const [main, photos] = isInside ? words.slice(1) : words;
if (!main || !photos) {
  process.stderr.write('usage: node scripts/check-silence.mjs MAIN PHOTOS\n');
  process.exit(2);
}
if (!isInside) process.exit(runApart());

const work = realpathSync(mkdtempSync(join(tmpdir(), 'silence-')));
const folder = (name) => {
  mkdirSync(join(work, name));
  return join(work, name);
};
const [logs, input, inbox, output] = ['logs', 'in', 'inbox', 'out'].map(folder);
/** They are empty before, and have to be empty afterwards. */
const mustStayEmpty = ['home', 'cache', 'scratch'].map(folder);
const env = {
  PATH: process.env.PATH,
  HOME: mustStayEmpty[0],
  XDG_CACHE_HOME: mustStayEmpty[1],
  TMPDIR: mustStayEmpty[2],
  // Whatever the environment says.
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

function runApart() {
  try {
    for (const [command, flag] of [
      ['strace', '-V'],
      ['ip', '-V'],
    ]) {
      if (spawnSync(command, [flag]).status !== 0) throw new Error(`this needs ${command}`);
    }
    const [command, ...rest] = [
      ...apart(),
      process.execPath,
      fileURLToPath(import.meta.url),
      INSIDE,
      main,
      photos,
    ];
    return spawnSync(command, rest, { stdio: 'inherit' }).status ?? 1;
  } catch (error) {
    process.stderr.write(`NOT CHECKED whether the tool is silent: ${error.message}\n`);
    return 1;
  }
}

/** A count of nothing is worth what the counter is: it has to see what there is, and not to see what is allowed. */
async function proveCounters() {
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

async function check(name, args, { codes = [0], drive } = {}) {
  const start = performance.now();
  const { code, said, lookups, connections, packets, written } = await observe(name, args, drive);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const own = [output, mustStayEmpty[2], '/dev', '/proc/self'];
  const outside = written.filter((path) => !own.some((place) => path.startsWith(`${place}/`)));
  const left = mustStayEmpty.flatMap((place) =>
    readdirSync(place, { recursive: true }).map((path) => join(place, path)),
  );
  process.stdout.write(
    `${name}: ${lookups.length} lookups, ${connections.length} connections, ${packets} packets; ${written.length} files written, ${outside.length} outside, ${left.length} left (${seconds} s)\n`,
  );
  const problems = [...lookups, ...connections, ...outside, ...left];
  if (packets > 0) problems.push(`${packets} packets`);
  if (!codes.includes(code)) problems.push(`exit code ${code}: ${said}`);
  if (problems.length > 0)
    throw new Error(`${name} is not silent, or does not work:\n${problems.join('\n')}`);
}

/** @param drive is given the process, and lines of what it prints; afterwards the process is asked to end */
async function observe(name, args, drive) {
  const log = join(logs, name);
  const before = packetsSent();
  const [command, ...rest] = [...traced(log), process.execPath, ...args];
  const child = spawn(command, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
  if (drive) {
    try {
      await drive(child, (stream) => createInterface({ input: stream })[Symbol.asyncIterator]());
    } finally {
      // The signal is for the command, not for who watches it.
      const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
      process.kill(Number(children.trim().split(' ')[0]), 'SIGTERM');
    }
  }
  const [code] = await ended;
  return { code, said, packets: packetsSent() - before, ...readTrace(log) };
}

/** A photo through the page: opened, looked at, checked, saved. */
async function dropPhoto(child, linesOf) {
  const call = await page(child, linesOf);
  const { id } = await (await call('photos', 'POST', readFileSync(join(input, 'name-label.jpg')))).json();
  await call(`photos/${id}/ready`);
  await call(`photos/${id}/after`);
  await call(`photos/${id}/check`, 'POST');
  const saved = await call(`photos/${id}/save`, 'POST', JSON.stringify({ hasLooked: true }));
  if ((await saved.arrayBuffer()).byteLength === 0) throw new Error('The page saved nothing');
}

async function seeQueue(child, linesOf) {
  await (
    await page(child, linesOf)
  )('queue');
}

/** The page's session with the server, by the page's own code. */
async function page(child, linesOf) {
  const { value } = await linesOf(child.stdout).next();
  const { origin, hash } = new URL(value);
  const code = pathToFileURL(join(main, '../../review/channel/open-channel.js')).href;
  const { Channel } = await import(code);
  const channel = await Channel.open(`${origin}/api`, hash.slice(1), fetch);
  await channel.call('/alive', { method: 'POST' });
  return async (path, method = 'GET', body = undefined) => {
    const bytes = body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) };
    const answer = await channel.call(`/${path}`, { method, ...bytes });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
}

/** A photo that arrives in a folder that is watched. */
async function arrive(child, linesOf) {
  const lines = linesOf(child.stderr);
  await lines.next();
  copyFileSync(join(photos, 'name-label.jpg'), join(inbox, 'name-label.jpg'));
  let event = '';
  while (event !== 'photo') event = JSON.parse((await lines.next()).value).event;
}
