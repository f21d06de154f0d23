import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { measureFaces, RESULT, type Job, type Result } from './calibrate-measure.ts';
import { CONDITIONS, type SetId } from './calibrate-sets.ts';

/** Photos after which what was measured is written, so that a measurement of an hour can be taken up again. */
const EVERY = 40;

/**
 * Measures what a folder does not hold yet, and keeps it there. What was measured under other conditions does not
 * count.
 */
export async function measured(
  jobs: readonly Job[],
  set: SetId,
  folder: string,
  say: (line: string) => void,
): Promise<Result[]> {
  const file = join(folder, `${set}.bin`);
  const wanted = new Set(jobs.map(idOf));
  const before = (existsSync(file) ? resultsIn(file) : []).filter((result) => wanted.has(idOf(result)));
  const done = new Set(before.map(idOf));
  const results = [...before];
  const keep = () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.part`, serialize({ conditions: conditionsOf(set), results }));
    renameSync(`${file}.part`, file);
  };
  await measureFaces(
    jobs.filter((job) => !done.has(idOf(job))),
    (result) => {
      results.push(result);
      if (results.length % EVERY !== 0) return;
      say(`${set}: ${results.length} of ${jobs.length} photos`);
      keep();
    },
  );
  keep();
  return results;

  function resultsIn(path: string): Result[] {
    const { conditions, results: found } = deserialize(readFileSync(path)) as Record<string, unknown>;
    return conditions === conditionsOf(set) ? RESULT.array().parse(found) : [];
  }
}

function conditionsOf(set: SetId): string {
  return CONDITIONS[set].map(({ id }) => id).join(' ');
}

function idOf({ name, role }: Pick<Job, 'name' | 'role'>): string {
  return `${role} ${name}`;
}
