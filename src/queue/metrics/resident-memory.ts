import { readFile } from 'node:fs/promises';

const KIB = 1024;

/** Resident memory of processes together, in bytes; where no /proc tells, of this process alone. */
export async function residentMemory(pids: readonly number[]): Promise<number> {
  const others = await Promise.all(pids.map(residentOf));
  return others.reduce((sum, bytes) => sum + bytes, process.memoryUsage.rss());
}

async function residentOf(pid: number): Promise<number> {
  try {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'latin1')) ?? [];
    return kibibytes === undefined ? 0 : Number(kibibytes) * KIB;
  } catch {
    // Ended in between.
    return 0;
  }
}
