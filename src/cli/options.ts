import { readFile } from 'node:fs/promises';
import type { Argv } from 'yargs';
import * as z from 'zod/mini';
import { mentionsIn, readCaption } from '../caption/index.js';
import type { CaptionMention } from '../core/caption.js';
import { DETECTION_KINDS } from '../core/detection.js';
import { ImageDeidError } from '../core/errors.js';
import { oneOf, type Field } from '../settings/field.js';
import { SETTINGS, type SettingName } from '../settings/fields.js';
import { parseSettings, type ProcessSettings } from '../settings/parse-settings.js';
import { kindOf, shown, wrongValue } from '../settings/wrong-value.js';
import { addFields, optionName, optionOf, path, place, readFields } from './option-fields.js';

/** How the command line and a config file write a setting, where that differs from `SETTINGS`. */
interface Spelling {
  /** Without the dashes. */
  readonly option?: string;
  readonly help?: Partial<Pick<Field, 'doc' | 'choices'>>;
  /** What help says in addition. */
  readonly more?: string;
  /** What a written value means; a wrong value is left to the setting's schema. @param option its name there */
  readonly read?: (written: unknown, option: string) => unknown;
}

const ATTESTATIONS = DETECTION_KINDS.map((kind) => `no-${kind}`);

const SPELLINGS: Readonly<Partial<Record<SettingName, Spelling>>> = {
  keep: {
    more: '. For one photo: a file PHOTO.keep.json beside it, {"keep": [[x, y, width, height]]}',
    read: (written) => (Array.isArray(written) ? written.map(asBox) : written),
  },
  caption: {
    help: {
      doc: 'A text file that goes with the photos: names, dates, places, numbers and contacts in it are told and count in the risk. For one photo: a file PHOTO.txt beside it',
    },
    read: captionFrom,
  },
  attestNone: { option: 'attest', help: { choices: ATTESTATIONS }, read: kindsFrom },
  outputFormat: {
    option: 'format',
    help: { doc: 'Write this format [default: the format of each photo, HEIC to JPEG]' },
  },
};

/** All settings that a command line can give, by the name of the option. */
const NAMES = new Map(
  Object.keys(SETTINGS)
    .filter(isSetting)
    // The limits on what a photo may cost are not set on the command line.
    .filter((name) => name !== 'limits')
    .map((name) => [SPELLINGS[name]?.option ?? optionName(name), name]),
);

const CONFIG = {
  config: place('a file', 'A JSON file with these options; the command line wins'),
} as const satisfies Readonly<Record<string, Field>>;

/** Adds the options of `SETTINGS` to a command. */
export function addSettingsOptions(argv: Argv): Argv {
  const withSettings = [...NAMES].reduce(
    (all, [option, name]) =>
      all.option(option, optionOf({ ...SETTINGS[name], ...SPELLINGS[name]?.help }, SPELLINGS[name]?.more)),
    argv,
  );
  return addFields(withSettings, CONFIG);
}

/**
 * The settings from the command line and, where that says nothing, the config file.
 * @throws {ImageDeidError} usage
 */
export async function settingsFrom(argv: Record<string, unknown>): Promise<ProcessSettings> {
  const { config } = readFields(argv, CONFIG);
  const inConfig = config === undefined ? {} : await readConfig(config);
  const values = new Map<string, unknown>();
  const spelt = new Map<string, string>();
  for (const [option, name] of NAMES) {
    const isGiven = argv[option] !== undefined;
    const written = isGiven ? argv[option] : inConfig[option];
    if (written === undefined) continue;
    const spelling = isGiven ? `--${option}` : `"${option}" of the --config file`;
    spelt.set(name, spelling);
    const { read } = SPELLINGS[name] ?? {};
    values.set(name, read ? await read(written, spelling) : written);
  }
  return parseSettings(Object.fromEntries(values), (name) => spelt.get(name) ?? name);
}

function isSetting(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}

const numbersOfBox = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/** "10,20,300,200" or [10, 20, 300, 200] as a region; any other value is returned unchanged. */
function asBox(written: unknown): unknown {
  const numbers =
    typeof written === 'string'
      ? written.split(',').map((word) => (word.trim() ? Number(word) : NaN))
      : written;
  const four = z.safeParse(numbersOfBox, numbers);
  if (!four.success) return written;
  const [x, y, width, height] = four.data;
  return { x, y, width, height };
}

function kindsFrom(written: unknown, option: string): unknown {
  if (!Array.isArray(written)) return written;
  return written.map((word: unknown) => {
    const kind = DETECTION_KINDS.find((kind) => word === `no-${kind}`);
    if (kind) return kind;
    throw wrongValue(option, `any of ${oneOf(ATTESTATIONS, 'and')}`, shown(word));
  });
}

async function captionFrom(written: unknown, option: string): Promise<CaptionMention[]> {
  const file = z.safeParse(path, written);
  if (!file.success) throw wrongValue(option, 'a text file', kindOf(written));
  try {
    return mentionsIn(readCaption(await readFile(file.data)));
  } catch (cause) {
    const why = cause instanceof ImageDeidError ? `: ${cause.message}` : '';
    throw new ImageDeidError('usage', 'usage', `The --caption file cannot be read${why}`, { cause });
  }
}

/** The content of a config file, by option; only the names have been checked. */
async function readConfig(file: string): Promise<Readonly<Record<string, unknown>>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new ImageDeidError('usage', 'usage', 'The --config file cannot be read as JSON', { cause });
  }
  const result = z.safeParse(z.record(z.string(), z.unknown()), parsed);
  if (!result.success) throw wrongValue('the --config file', 'an object', kindOf(parsed));
  const unknown = Object.keys(result.data).find((name) => !NAMES.has(name));
  if (unknown === undefined) return result.data;
  const names = [...NAMES.keys()].join(', ');
  throw wrongValue('each name in the --config file', `one of ${names}`, shown(unknown));
}
