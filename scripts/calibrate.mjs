/**
 * `npm run calibrate`: how often attackers who recognise faces name the right person, with and without redaction, on
 * photos that are not part of the project; writes docs/calibration.json, docs/reliability.svg and the tables of
 * docs/face-matching.md.
 *
 *   npm run calibrate -- [--data FOLDER] [--limit PEOPLE] [--detector]
 *
 * --limit takes the first people only, --detector lets the tool's own face detector draw every box (twice as long).
 * Needs the built package (`npm run build`). Without the data it says so and changes nothing.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { analyse } from './calibrate-analyse.mjs';
import { measureFaces } from './calibrate-measure.mjs';
import { diagramOf, tablesOf } from './calibrate-report.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const BEGIN = '<!-- calibrate:begin -->';
const END = '<!-- calibrate:end -->';
const SEED = 1;

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(root, '../shared/data') },
    limit: { type: 'string', default: 'Infinity' },
    detector: { type: 'boolean', default: false },
  },
});
const people = join(options.data, 'face/reid');
const others = join(options.data, 'face/singles');
if (!existsSync(people) || !existsSync(others)) {
  process.stdout.write(`There are no faces to calibrate with at ${options.data}; nothing was changed.\n`);
  process.exit(0);
}

const results = await measureFaces(jobs(Number(options.limit)), options.detector, (_, done) => {
  if (done % 20 === 0) process.stderr.write(`${done} photos\n`);
});
const figures = analyse(results);
writeFileSync(
  join(root, 'docs/calibration.json'),
  `${JSON.stringify({ seed: SEED, detector: options.detector, ...figures }, null, 1)}\n`,
);
writeFileSync(join(root, 'docs/reliability.svg'), diagramOf(figures));
const document = join(root, 'docs/face-matching.md');
const [before, after] = readFileSync(document, 'utf8').split(new RegExp(`${BEGIN}[^]*${END}`));
writeFileSync(document, `${before}${BEGIN}\n\n${tablesOf(figures)}\n\n${END}${after}`);
process.stdout.write(`${tablesOf(figures)}\n\nBest curve: ${JSON.stringify(figures.curve)}\n`);

/** Of everybody the first photo is in the gallery and the second is attacked; who has one photo only distracts. */
function jobs(limit) {
  const photos = new Map();
  for (const { identity, file } of labels(people))
    photos.set(identity, [...(photos.get(identity) ?? []), file]);
  return [
    ...[...photos].slice(0, limit).flatMap(([name, [first, second]]) => [
      { file: join(people, first), role: 'gallery', name, seed: SEED },
      { file: join(people, second), role: 'probe', name, seed: SEED },
    ]),
    ...labels(others).map(({ identity, file }) => ({
      file: join(others, file),
      role: 'distractor',
      name: identity,
      seed: SEED,
    })),
  ];
}

function labels(folder) {
  return JSON.parse(readFileSync(join(folder, 'labels.json'), 'utf8')).images;
}
