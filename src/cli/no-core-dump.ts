import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const FILTER = '/proc/self/coredump_filter';
const NOTHING = '0';

/**
 * Keeps what is in memory out of core dumps, both of this process and of all that it starts. Node itself can set no
 * limit. On Linux the filter takes all memory out of a dump, whoever writes it, and prlimit of util-linux keeps a dump
 * from being written at all; other systems write none unless they are told to.
 */
export function leaveNoCoreDump(): void {
  if (process.platform !== 'linux') return;
  try {
    writeFileSync(FILTER, NOTHING);
  } catch {
    // There is no /proc; `doctor` says so.
  }
  spawnSync('prlimit', ['--pid', String(process.pid), '--core=0:0'], { stdio: 'ignore' });
}

/** What a crash of this process leaves of its memory; `system`: what the system is told to. */
export type LeftByCrash = 'system' | 'nothing' | 'photos' | 'photos-without-proc';

export function coreDumpsLeave(): LeftByCrash {
  if (process.platform !== 'linux') return 'system';
  try {
    return Number.parseInt(readFileSync(FILTER, 'utf8'), 16) === 0 ? 'nothing' : 'photos';
  } catch {
    return 'photos-without-proc';
  }
}
