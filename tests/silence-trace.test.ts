import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTrace } from '../scripts/silence/trace.ts';
import { temporaryFolder } from './support/cli.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Lines as strace 6.1 writes them. */
async function seen(...lines: string[]) {
  const log = join(folder, 'log');
  await writeFile(log, lines.map((line) => `12104 ${line}\n`).join(''));
  const { lookups, connections, written } = readTrace(log);
  return [lookups.length, connections.length, written];
}

describe('what a trace says', () => {
  it.each([
    'connect(18<UDP:[1]>, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.53")}, 16) = 0',
    'connect(18<UDP:[1]>, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0',
    'connect(18<UNIX-STREAM:[1]>, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT (No such file or directory)',
    'sendto(5<UDP:[1]>, "\\1", 1, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.53")}, 16 <unfinished ...>',
  ])('counts a lookup: %s', async (line) => {
    expect(await seen(line)).toEqual([1, 0, []]);
  });

  it.each([
    'connect(18<TCP:[1]>, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = -1 EINPROGRESS (Operation now in progress)',
    'connect(18<TCPv6:[1]>, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = -1 ENETUNREACH (Network is unreachable)',
    'sendmsg(5<UDP:[1]>, {msg_name={sa_family=AF_INET, sin_port=htons(1234), sin_addr=inet_addr("192.0.2.1")}, msg_namelen=16}, 0) = 1',
    'connect(5<socket:[1]>, {sa_family=AF_VSOCK, svm_cid=VMADDR_CID_HOST, svm_port=0x1}, 16) = 0',
  ])('counts a connection, also one that fails: %s', async (line) => {
    expect(await seen(line)).toEqual([0, 1, []]);
  });

  it('does not count what is said on the loopback address or to the kernel', async () => {
    expect(
      await seen(
        'connect(18<TCP:[1]>, {sa_family=AF_INET, sin_port=htons(6379), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
        'connect(18<TCPv6:[1]>, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
        'sendto(5<NETLINK:[1]>, [{nlmsg_len=20}], 20, 0, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 20',
        'sendto(6<UNIX-STREAM:[1]>, "x", 1, MSG_NOSIGNAL, NULL, 0) = 1',
      ),
    ).toEqual([0, 0, []]);
  });

  it('lists what was created or opened for writing, by its whole path, and not what failed', async () => {
    expect(
      await seen(
        'openat(AT_FDCWD</cwd>, "/etc/hosts", O_RDONLY|O_CLOEXEC) = 3</etc/hosts>',
        'openat(AT_FDCWD</cwd>, "mat-debug-1.log", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3</cwd/mat-debug-1.log>',
        'openat(7</cache>, "deviceid", O_RDWR|O_CREAT, 0600 <unfinished ...>',
        'mkdir("/cache/Microsoft", 0777) = -1 EACCES (Permission denied)',
        'rename("/out/a", "/out/b") = 0',
        'linkat(AT_FDCWD</cwd>, "/out/b", AT_FDCWD</cwd>, "c", 0) = 0',
      ),
    ).toEqual([0, 0, ['/cwd/mat-debug-1.log', '/cache/deviceid', '/out/b', '/cwd/c']]);
  });

  it('does not say that nothing was called when that could not have been seen', async () => {
    const begun = 'io_uring_setup(64, {flags=0} <unfinished ...>';
    await expect(seen('io_uring_setup(64, {flags=0}) = 9</ring>')).rejects.toThrow('io_uring_setup');
    await expect(seen(begun, '<... io_uring_setup resumed>) = 9</ring>')).rejects.toThrow('io_uring_setup');
    const refused = '<... io_uring_setup resumed>) = -1 ENOSYS (Function not implemented) (INJECTED)';
    expect(await seen(begun, refused)).toEqual([0, 0, []]);
  });
});
