/** A network of its own: a loopback device, and another one that leads nowhere and counts packets. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const DEVICE = 'outside';
/** Addresses reserved for documentation, which belong to nobody. */
const [HERE, ROUTER] = ['198.51.100.1', '198.51.100.2'] as const;

/** The words before a command that run it in a network of its own. @throws {Error} where that is not possible */
export function apart(): [command: string, ...words: string[]] {
  for (const flags of [['--net'], ['--net', '--map-root-user']]) {
    if (spawnSync('unshare', [...flags, 'true']).status === 0) return ['unshare', ...flags];
  }
  throw new Error(
    'this needs Linux, and "unshare --net" (root, or namespaces of users), which does not work here',
  );
}

/**
 * Sets up that network from inside, with addresses and a default route: without a route some programs give up before
 * they try.
 */
export function openNetwork(): void {
  ip('link', 'set', 'lo', 'up');
  ip('link', 'add', DEVICE, 'type', 'veth', 'peer', 'name', 'nowhere');
  for (const device of [DEVICE, 'nowhere']) {
    // IPv6 sends packets without being asked; attempts over IPv6 are counted by their system calls.
    const setting = `/proc/sys/net/ipv6/conf/${device}/disable_ipv6`;
    if (existsSync(setting)) writeFileSync(setting, '1');
    ip('link', 'set', device, 'up');
  }
  ip('address', 'add', `${HERE}/24`, 'dev', DEVICE);
  ip('route', 'add', 'default', 'via', ROUTER);
  ip('neighbour', 'add', ROUTER, 'lladdr', '02:00:00:00:00:02', 'dev', DEVICE);
}

/** Packets that have left so far. */
export function packetsSent(): number {
  const line = readFileSync('/proc/self/net/dev', 'utf8')
    .split('\n')
    .find((one) => one.trim().startsWith(`${DEVICE}:`));
  const sent = Number(line?.split(':')[1]?.trim().split(/\s+/)[9]);
  if (!Number.isInteger(sent)) throw new Error('Expected a count of packets but found none');
  return sent;
}

function ip(...words: readonly string[]): void {
  const { status, stderr } = spawnSync('ip', words, { encoding: 'utf8' });
  if (status !== 0) {
    // If the command does not exist there is no output either, whatever the types say.
    const reason = (stderr as string | null)?.trim() ?? 'no such command';
    throw new Error(`"ip ${words.join(' ')}" does not work here: ${reason}`);
  }
}
