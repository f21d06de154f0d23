import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { ERROR_FINDINGS, ERROR_PART_FINDINGS } from '../core/error-tables/index.js';
import { ImageDeidError } from '../core/errors.js';
import { findingSchema, type Finding } from '../core/finding.js';
import { LANGUAGES } from '../core/language.js';
import { CHECKS } from '../verify/declarations.js';
import { ALL_FINDINGS, speakerOf } from './speaker.js';

const SRC = fileURLToPath(new URL('..', import.meta.url));
const ERRORS = { ...ERROR_FINDINGS, ...ERROR_PART_FINDINGS };

/** Something for every value that any finding has, by its name. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  after: 0.5, most: 0.09, destination: 'public', run: 'public', kind: 'face', pixels: 120, share: 0.7, format: 'tiff', taken: ['jpeg', 'png'],
  bytes: 5_000_000, check: 'face-match', covered: 2, classes: ['name', 'date'], people: 3, things: ['bed', 'sink'],
  lines: [1, 4], why: { id: 'check/failed', values: { check: 'face-match', stage: 'verify', code: 'internal' } },
  text: 'A sentence of before', code: 'timeout', stage: 'verify', versions: 'aom 1, here 2', parts: 3, names: ['APP1'],
  walked: 10, written: 1, source: 2, frames: 2, settings: ['sampling'], matched: 1, compared: 2, rest: 1,
  places: ['top-left', 'middle-centre'], energy: 900, limit: 743, bits: 3, of: 64, regions: 4, leaking: 1, plain: 2, faces: 2,
  risk: 0.04, missing: ['eye'], features: ['nose', 'mouth'], remedies: [{ id: 'remedy/crop', values: { risk: 0.04 } }], codes: 2, read: 2, entries: 2,
}; // prettier-ignore
/** Where one name means several things. */
const ODD: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'gate/size': { bytes: 6_000_000, most: 5_242_880 },
  'gate/too-long': { pixels: 5000, most: 2048, least: 600 },
  'verify/not-a-file': { kind: 'link' },
  'verify/fewer-records': { records: 2, expected: 5 },
  'verify/review-absent': { photos: 2 },
  'verify/record-foreign': { record: 2 },
  'verify/record-contradicts': { record: 2 },
  'verify/chain-broken': { line: 2 },
  'metadata-reread/left': { entries: 2, parts: ['exif (place)'] },
  'legible-text/not-all-read': { read: 200, lines: 300 },
  'legible-text/none': { lines: 3 },
  'legible-text/read': { read: 1, lines: 3, places: ['top-left'] },
  'uncovered-text/read': { lines: 3, places: ['top-left'] },
  'uncovered-text/strokes': { rows: 2, places: ['top-left'] },
};

function sampleOf(id: string): Finding {
  const shape = ALL_FINDINGS[id]?.def.shape ?? {};
  const names = Object.keys(shape);
  if (Object.hasOwn(ERRORS, id)) {
    return { id, values: Object.fromEntries(names.map((name) => [name, sampleValue(shape[name])])) };
  }
  return { id, values: ODD[id] ?? Object.fromEntries(names.map((name) => [name, SAMPLES[name]])) };
}

/** Errors and their parts have many names; what a value may be follows from its schema. */
function sampleValue(schema: unknown): unknown {
  if (schema === findingSchema) return { id: 'engine/wrong', values: {} };
  const { def } = (schema as z.core.$ZodType)._zod as { def: z.core.$ZodTypes['_zod']['def'] };
  if (def.type === 'string') return 'VALUE';
  if (def.type === 'number') return 7;
  if (def.type === 'enum') return Object.values(def.entries)[0];
  if (def.type === 'array') return [sampleValue(def.element), sampleValue(def.element)];
  if (def.type === 'readonly' || def.type === 'optional') return sampleValue(def.innerType);
  if (def.type !== 'object') throw new TypeError(`Expected a schema that is known but received ${def.type}`);
  return Object.fromEntries(Object.entries(def.shape).map(([name, inner]) => [name, sampleValue(inner)]));
}

const ids = Object.keys(ALL_FINDINGS);

describe.each(LANGUAGES)('speakerOf %s', (language) => {
  const speaker = speakerOf(language);

  it.each(ids)('has words for %s', (id) => {
    const said = speaker.say(sampleOf(id));
    expect(said).not.toBe(speaker.say({ id: 'no/such', values: {} }).replace('no/such', id));
    expect(said).toMatch(/^\S.*\S$/);
    expect(said).not.toMatch(/undefined|NaN|\[object/);
  });

  it('has a name for every check', () => {
    for (const id of CHECKS.keys()) expect(speaker.check(id)).not.toBe(id);
  });

  it('says that it does not know an id, or values that do not belong to it', () => {
    for (const finding of [
      { id: 'constructor', values: {} },
      { id: 'gate/covered', values: { share: 'much' } },
      { id: 'gate/unchecked', values: { name: 'Dupont' } },
    ]) {
      expect(speaker.say(finding)).toContain(`(${finding.id})`);
    }
  });
});

it('is translated: no two languages use the same words', () => {
  const [en, fr] = [speakerOf('en'), speakerOf('fr')];
  const same = ids.filter((id) => en.say(sampleOf(id)) === fr.say(sampleOf(id)));
  // What others said, and values that are not translated.
  expect(same).toEqual(['error/usage/command-line', 'field/named', 'received/value', 'told']);
});

it('says nothing English in French', () => {
  const [en, fr] = [speakerOf('en'), speakerOf('fr')];
  const sentences = ids.map((id) => en.say(sampleOf(id))).filter((said) => said.split(' ').length > 2);
  const mixed = ids.filter((id) => {
    const said = fr.say(sampleOf(id));
    return sentences.some((english) => said.includes(english));
  });
  expect(mixed).toEqual(['told']);
});

describe('the sentences of errors', () => {
  const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|^words\/|^core\/error-tables\//.test(path))
    .map((path) => readFileSync(join(SRC, path), 'utf8'))
    .join('\n');
  const written = new Set(sources.match(/(?<=')[a-z]+(\/[a-z0-9-]+)+(?=')/g));
  const made = [...new Set(sources.match(/(?<=`)(error|field)\/[^`]*\$\{[^`]*(?=`)/g))].map(
    (template) => new RegExp(`^${template.replace(/\$\{[^}]*\}/g, '[a-z0-9-]+')}$`),
  );

  it.each(Object.keys(ERRORS))('are used: %s', (id) => {
    expect(written.has(id) || made.some((template) => template.test(id))).toBe(true);
  });

  it.each(ids.filter((id) => id.startsWith('error/')))('are the messages of errors: %s', (id) => {
    const finding = sampleOf(id);
    const error = ImageDeidError.from({ ...finding, stage: 'read' });
    expect(error.finding).toEqual(finding);
    expect(error.message).toBe(speakerOf('en').say(finding));
    expect(error.code).toBe(id.split('/')[1]);
  });
});

it('writes numbers and lists as is usual in the language', () => {
  const covered = { id: 'gate/covered', values: { share: 0.052 } };
  expect(speakerOf('en').say(covered)).toBe(
    '5.2% of the photo is covered: look whether it still shows the lesion',
  );
  expect(speakerOf('fr').say(covered)).toBe(
    '5,2\u00a0% de la photo est masqué : regardez si la lésion se voit encore',
  );
  const seen = { id: 'uncovered-face/seen', values: { faces: 1, places: ['top-left', 'bottom-centre'] } };
  expect(speakerOf('en').say(seen)).toBe('A face can still be seen, at the upper left and at the bottom');
  expect(speakerOf('fr').say(seen)).toBe('Un visage est encore visible, en haut à gauche et en bas');
});
