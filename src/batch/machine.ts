import { availableParallelism, totalmem } from 'node:os';

const MIB = 2 ** 20;
/** What one process needs for photos of 12 megapixels; no process gets less. */
const USUAL_MIB = 1024;
/** The share of the machine's memory that photos may take: the rest is for the file cache and for other programs. */
const SHARE = 0.75;

/** The resources to be shared out. */
export interface Machine {
  readonly cores: number;
  readonly memoryMiB: number;
}

/** How photos are treated side by side. */
export interface Division {
  /** Processes, one photo each at a time. */
  readonly jobs: number;
  /** Threads of each process. */
  readonly threads: number;
  /** Most memory for each photo. */
  readonly mostMiB: number;
}

/** This machine, or what its container allows the process to use. */
export function thisMachine(): Machine {
  // 0 or a huge number where there is no limit.
  const constrained = process.constrainedMemory() || Infinity;
  return { cores: availableParallelism(), memoryMiB: Math.floor(Math.min(constrained, totalmem()) / MIB) };
}

/**
 * One process per core as far as the memory allows, because treating one photo after the other on several threads is
 * slower (docs/PERFORMANCE.md).
 * @param asked number of processes; absent: as many as fit
 * @param photos how many there are, if that is known: there are never more processes than photos
 */
export function divide({ cores, memoryMiB }: Machine, asked?: number, photos = Infinity): Division {
  const forPhotos = SHARE * memoryMiB;
  const fitting = asked ?? Math.max(1, Math.min(cores, Math.floor(forPhotos / USUAL_MIB)));
  const jobs = Math.min(fitting, photos);
  return {
    jobs,
    threads: Math.max(1, Math.floor(cores / jobs)),
    mostMiB: Math.max(USUAL_MIB, Math.floor(forPhotos / jobs)),
  };
}
