/**
 * `npm run calibrate`: how often attackers name the right person, by what is left of a face or by skin alone, on photos
 * that are not part of the project. Writes docs/calibration.json, docs/reliability.svg and the tables of
 * docs/face-matching.md and docs/FACES.md.
 *
 *   npm run calibrate -- [--data FOLDER] [--limit PEOPLE] [--skin PEOPLE] [--patches PEOPLE] [--features PEOPLE]
 *                        [--detector] [--results FOLDER]
 *
 * --limit takes only the first people; --skin, --patches and --features others for these parts, which take long. --detector
 * has the tool's own face detector draw every box (twice as long). What was measured stays in the folder of --results
 * (eval-out/calibrate), and is not measured again: delete it after a change to what is measured.
 * Needs the built package (`npm run build`). Without the data it says so and changes nothing.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolArguments } from '../scripts/support/arguments.ts';
import { ROOT } from '../scripts/support/root.ts';
import { analyse } from './calibrate-analyse.ts';
import type { Job, Result } from './calibrate-measure.ts';
import { diagramOf, tablesOf } from './calibrate-report.ts';
import { readOfMoles } from './calibrate-moles.ts';
import { attackPoses } from './calibrate-pose-attacks.ts';
import { measured } from './calibrate-results.ts';
import { SETS, type SetId } from './calibrate-sets.ts';
import { analyseSkin } from './calibrate-skin-analyse.ts';
import { skinTablesOf } from './calibrate-skin-report.ts';
import { readLabels } from './support/labels.ts';

const BEGIN = '<!-- calibrate:begin -->';
const END = '<!-- calibrate:end -->';
const SEED = 1;

const { values: options } = toolArguments(import.meta.url, {
  options: {
    data: { type: 'string', default: join(ROOT, '../shared/data') },
    limit: { type: 'string', default: 'Infinity' },
    detector: { type: 'boolean', default: false },
    skin: { type: 'string' },
    patches: { type: 'string' },
    features: { type: 'string' },
    results: { type: 'string', default: join(ROOT, 'eval-out/calibrate') },
  },
});
/** The sets of photos: people with two or more photos, and people with one. */
const [PEOPLE, OTHERS] = ['face/reid', 'face/singles'] as const;
if (![PEOPLE, OTHERS].every((set) => existsSync(join(options.data, set)))) {
  process.stdout.write(`There are no faces to calibrate with at ${options.data}; nothing was changed.\n`);
  process.exit(0);
}

const results = {} as Record<SetId, readonly Result[]>;
for (const set of SETS) {
  const limit = Number((set === 'whole' ? undefined : options[set]) ?? options.limit);
  results[set] = await measured(jobs(set, limit), set, options.results, (line) =>
    process.stderr.write(`${line}\n`),
  );
}
const skin = analyseSkin(results);
const whole = analyse(results.whole, skin.outcomes);
const [moles, poses] = [readOfMoles(), await attackPoses(options.data)];
const about = { seed: SEED, detector: options.detector };
writeFileSync(
  join(ROOT, 'docs/calibration.json'),
  `${JSON.stringify({ ...about, ...whole, skin: { ...skin.figures, moles, poses } }, null, 1)}\n`,
);
writeFileSync(join(ROOT, 'docs/reliability.svg'), diagramOf(whole));
const tables = {
  'docs/face-matching.md': tablesOf(whole),
  'docs/FACES.md': skinTablesOf(skin.figures, moles, poses, whole.reliabilityOfSkin),
};
for (const [file, text] of Object.entries(tables)) {
  const [before, after] = readFileSync(join(ROOT, file), 'utf8').split(new RegExp(`${BEGIN}[^]*${END}`));
  writeFileSync(join(ROOT, file), `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
}
process.stdout.write(`${Object.values(tables).join('\n\n')}\n\nBest curve: ${JSON.stringify(whole.curve)}\n`);

/** Everybody's first photo is in the gallery, and their second is attacked; people with one photo only distract. */
function jobs(set: SetId, limit: number): Job[] {
  // Only the detector knows where features and skin are.
  const how = { seed: SEED, set, byDetector: options.detector || set === 'features' };
  const photos = new Map<string, string[]>();
  for (const { name, file } of portraits(PEOPLE)) photos.set(name, [...(photos.get(name) ?? []), file]);
  return [
    ...[...photos].slice(0, limit).flatMap(([name, [first, second]]): Job[] => {
      if (first === undefined || second === undefined)
        throw new Error(`Expected two photos of everybody in ${PEOPLE}`);
      return [
        { file: first, role: 'gallery', name, ...how },
        { file: second, role: 'probe', name, ...how },
      ];
    }),
    ...(set === 'whole' ? portraits(OTHERS) : []).map(({ name, file }): Job => ({
      file,
      role: 'distractor',
      name,
      ...how,
    })),
  ];
}

function portraits(set: string): { readonly name: string; readonly file: string }[] {
  return readLabels(options.data, set).images.map(({ identity, file }) => {
    if (identity === undefined) throw new Error(`Expected to be told who ${set} shows`);
    return { name: identity, file: join(options.data, set, file) };
  });
}
