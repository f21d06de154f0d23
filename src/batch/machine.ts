import { availableParallelism, totalmem } from 'node:os';

const MIB = 2 ** 20;
/** What one process needs for photos of 12 megapixels, and the least it is given. */
const USUAL_MIB = 1024;
/** Of the machine's memory, what photos may take: the rest is for the file cache and for others. */
const SHARE = 0.75;

/** What there is to share. */
export interface Machine {
  readonly cores: number;
  readonly memoryMiB: number;
}

/** How photos are treated side by side. */
export interface Division {
  /** Processes, one photo each at a time. */
  readonly jobs: number;
  /** Of each process. */
  readonly threads: number;
  /** For each photo, at most. */
  readonly mostMiB: number;
}

/** This machine, or the container that the process may use. */
export function thisMachine(): Machine {
  // 0 or a huge number where nothing is constrained.
  const constrained = process.constrainedMemory() || Infinity;
  return { cores: availableParallelism(), memoryMiB: Math.floor(Math.min(constrained, totalmem()) / MIB) };
}

/**
 * One process per core as far as the memory goes, because one photo after the other on several threads is slower
 * (docs/PERFORMANCE.md).
 * @param asked number of processes; absent: as many as fit
 * @param photos how many there are, if that is known: no more processes than photos
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
