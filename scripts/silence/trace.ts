/** What a process and all its children do, as far as strace can see it from outside. */
import { readFileSync } from 'node:fs';

const NETWORK = ['connect', 'sendto', 'sendmsg', 'sendmmsg'];
const FILES = [
  ...['open', 'openat', 'openat2', 'creat', 'mkdir', 'mkdirat', 'mknod', 'mknodat'],
  ...['link', 'linkat', 'symlink', 'symlinkat', 'rename', 'renameat', 'renameat2'],
];
/** A ring would hide the other calls: a process that asks for one is told that this system has none. */
const RING = 'io_uring_setup';
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
const DNS_PORTS = ['53', '853', '5353'];

/** The words before a command that trace it into a file. */
export function traced(log: string): [command: string, ...words: string[]] {
  const calls = [...NETWORK, ...FILES, RING].map((name) => `?${name}`).join(',');
  // With a filter in the kernel only these calls are stopped, so that the command is not slowed down.
  return [
    'strace',
    '-f',
    '--seccomp-bpf',
    '-qq',
    '-y',
    '-s',
    '4096',
    '-e',
    'signal=none',
    '-e',
    `trace=${calls}`,
    ...['-e', `inject=${RING}:error=ENOSYS`],
    '-o',
    log,
  ];
}

export interface Seen {
  /** Queries for a name, to a name server or to a service of this machine that asks one. */
  readonly lookups: string[];
  /** Everything else that is sent to any address but the loopback one. */
  readonly connections: string[];
  /** Absolute paths that were created, or opened for writing. */
  readonly written: string[];
}

/** @throws {Error} when the trace may miss calls */
export function readTrace(log: string): Seen {
  const seen: Seen = { lookups: [], connections: [], written: [] };
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    if (line.includes(RING) && / = \d/.test(line)) throw new Error(`${RING} hides what else is called`);
    const [, call, rest] = /^\d+\s+(\w+)\((.*)$/.exec(line) ?? [];
    if (call === undefined || rest === undefined) continue;
    if (NETWORK.includes(call)) readAddresses(call, rest, seen);
    // A failed call has created nothing; a call that did not end on this line is assumed to have succeeded.
    else if (FILES.includes(call) && !/= -1 E\w+ \([^)]*\)$/.test(rest)) readPaths(call, rest, seen);
  }
  return seen;
}

function readAddresses(call: string, rest: string, { lookups, connections }: Seen): void {
  for (const [, family, address] of rest.matchAll(/\{sa_family=(AF_\w+)(?:, ([^}]*))?\}/g)) {
    // Such a socket asks the kernel about its own addresses and routes.
    if (family === 'AF_NETLINK') continue;
    const port = /(?:sin6?_port=)htons\((\d+)\)/.exec(address ?? '')?.[1];
    const host = /inet_(?:addr|pton)\((?:AF_INET6, )?"([^"]+)"/.exec(address ?? '')?.[1];
    const what = `${call} ${family} ${address ?? ''}`;
    // Through a Unix socket a process asks another one on this machine to look something up, or to send it.
    if (family === 'AF_UNIX' || DNS_PORTS.includes(port ?? '')) lookups.push(what);
    else if (host === undefined || !LOOPBACK.test(host)) connections.push(what);
  }
}

function readPaths(call: string, rest: string, { written }: Seen): void {
  if (call.startsWith('open') && !/O_(CREAT|WRONLY|RDWR|TMPFILE)/.test(rest)) return;
  const paths = [...rest.matchAll(/(?:\w+<([^<>]*)>, )?"((?:[^"\\]|\\.)*)"/g)];
  // If there are two paths, the second is the new one.
  const [, folder, path] = paths.at(-1) ?? [];
  if (path === undefined) throw new Error(`Expected a path in a call of ${call} but found none`);
  written.push(path.startsWith('/') ? path : `${folder ?? '?'}/${path}`);
}
