import { readFile } from 'node:fs/promises';

const KIB = 1024;

/** Resident memory of all these processes together, in bytes; of this process alone where there is no /proc. */
export async function residentMemory(pids: readonly number[]): Promise<number> {
  const others = await Promise.all(pids.map(residentOf));
  return others.reduce((sum, bytes) => sum + bytes, process.memoryUsage.rss());
}

async function residentOf(pid: number): Promise<number> {
  try {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'latin1')) ?? [];
    return kibibytes === undefined ? 0 : Number(kibibytes) * KIB;
  } catch {
    // The process ended in the meantime.
    return 0;
  }
}
