/** A network of its own: a loopback device, and one that leads nowhere and counts. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const DEVICE = 'outside';
/** Addresses that belong to nobody, for documentation. */
const [HERE, ROUTER] = ['198.51.100.1', '198.51.100.2'] as const;

/** The words before a command that shall run in a network of its own. @throws {Error} where that is not possible */
export function apart(): [command: string, ...words: string[]] {
  for (const flags of [['--net'], ['--net', '--map-root-user']]) {
    if (spawnSync('unshare', [...flags, 'true']).status === 0) return ['unshare', ...flags];
  }
  throw new Error(
    'this needs Linux, and "unshare --net" (root, or namespaces of users), which does not work here',
  );
}

/**
 * Within that network: with addresses and a default route, so that nothing gives up before it tries, as some programs do
 * where there is none.
 */
export function openNetwork(): void {
  ip('link', 'set', 'lo', 'up');
  ip('link', 'add', DEVICE, 'type', 'veth', 'peer', 'name', 'nowhere');
  for (const device of [DEVICE, 'nowhere']) {
    // IPv6 makes itself known without being asked; attempts over it are counted by their calls.
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
    // Without the command there is no output either, whatever the types say.
    const reason = (stderr as string | null)?.trim() ?? 'no such command';
    throw new Error(`"ip ${words.join(' ')}" does not work here: ${reason}`);
  }
}
