import { readFile } from 'node:fs/promises';
import type { Argv } from 'yargs';
import * as z from 'zod/mini';
import { mentionsIn, readCaption } from '../caption/index.js';
import type { CaptionMention } from '../core/caption.js';
import { DETECTION_KINDS } from '../core/detection.js';
import { ImageDeidError, type ErrorFinding } from '../core/errors.js';
import { anyOf, type Field, type Spelling } from '../settings/field.js';
import { SETTINGS, type SettingName } from '../settings/fields.js';
import { parseSettings, type ProcessSettings } from '../settings/parse-settings.js';
import { kindOf, named, shown, wrongValue } from '../settings/wrong-value.js';
import type { HelpWords } from '../words/help.js';
import { addFields, FILE, optionName, optionOf, path, place, readFields } from './option-fields.js';

type OptionName = Exclude<SettingName, 'limits'>;

/** How the command line and a config file write a setting, where that differs from `SETTINGS`. */
interface Written {
  /** Without the dashes. */
  readonly option?: string;
  readonly choices?: readonly string[];
  /** What a written value means; a wrong value is left to the setting's schema. @param option its name there */
  readonly read?: (written: unknown, option: Spelling) => unknown;
}

const ATTESTATIONS = DETECTION_KINDS.map((kind) => `no-${kind}`);

const SPELLINGS: Readonly<Partial<Record<OptionName, Written>>> = {
  keep: {
    read: (written) => (Array.isArray(written) ? written.map(asBox) : written),
  },
  caption: {
    read: captionFrom,
  },
  attestNone: { option: 'attest', choices: ATTESTATIONS, read: kindsFrom },
  outputFormat: { option: 'format' },
};

/** All settings that a command line can give, by the name of the option. */
const NAMES = new Map(
  Object.keys(SETTINGS)
    .filter(isOption)
    .map((name) => [SPELLINGS[name]?.option ?? optionName(name), name]),
);

const CONFIG = {
  config: place(FILE),
} as const satisfies Readonly<Record<string, Field>>;

/** Adds the options of `SETTINGS` to a command. */
export function addSettingsOptions(argv: Argv, help: HelpWords): Argv {
  const docs: Readonly<Record<OptionName, string>> = help.options.settings;
  const withSettings = [...NAMES].reduce((all, [option, name]) => {
    const { choices } = SPELLINGS[name] ?? {};
    const field = { ...SETTINGS[name], ...(choices && { choices }) };
    return all.option(option, optionOf(field, docs[name], help.hints));
  }, argv);
  return addFields(withSettings, CONFIG, help.options.config, help);
}

/**
 * The settings from the command line and, where that says nothing, the config file.
 * @throws {ImageDeidError} usage
 */
export async function settingsFrom(argv: Record<string, unknown>): Promise<ProcessSettings> {
  const { config } = readFields(argv, CONFIG);
  const inConfig = config === undefined ? {} : await readConfig(config);
  const values = new Map<string, unknown>();
  const spelt = new Map<string, Spelling>();
  for (const [option, name] of NAMES) {
    const isGiven = argv[option] !== undefined;
    const written = isGiven ? argv[option] : inConfig[option];
    if (written === undefined) continue;
    const spelling: Spelling = isGiven
      ? named(`--${option}`)
      : { id: 'field/in-config', values: { name: option } };
    spelt.set(name, spelling);
    const { read } = SPELLINGS[name] ?? {};
    values.set(name, read ? await read(written, spelling) : written);
  }
  return parseSettings(Object.fromEntries(values), (name) => spelt.get(name) ?? named(name));
}

/** The limits on what a photo may cost are not set on the command line. */
function isOption(name: string): name is OptionName {
  return Object.hasOwn(SETTINGS, name) && name !== 'limits';
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

function kindsFrom(written: unknown, option: Spelling): unknown {
  if (!Array.isArray(written)) return written;
  return written.map((word: unknown) => {
    const kind = DETECTION_KINDS.find((kind) => word === `no-${kind}`);
    if (kind) return kind;
    throw wrongValue(option, anyOf(ATTESTATIONS), shown(word));
  });
}

async function captionFrom(written: unknown, option: Spelling): Promise<CaptionMention[]> {
  const file = z.safeParse(path, written);
  if (!file.success) throw wrongValue(option, { id: 'expected/text-file', values: {} }, kindOf(written));
  try {
    return mentionsIn(readCaption(await readFile(file.data)));
  } catch (cause) {
    const finding: ErrorFinding =
      cause instanceof ImageDeidError
        ? { id: 'error/usage/caption-file-why', values: { why: cause.finding } }
        : { id: 'error/usage/caption-file', values: {} };
    throw new ImageDeidError(finding, 'usage', { cause });
  }
}

/** The content of a config file, by option; only the names have been checked. */
async function readConfig(file: string): Promise<Readonly<Record<string, unknown>>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new ImageDeidError({ id: 'error/usage/config-file', values: {} }, 'usage', { cause });
  }
  const result = z.safeParse(z.record(z.string(), z.unknown()), parsed);
  if (!result.success)
    throw wrongValue(
      { id: 'field/config', values: {} },
      { id: 'expected/object', values: {} },
      kindOf(parsed),
    );
  const unknown = Object.keys(result.data).find((name) => !NAMES.has(name));
  if (unknown === undefined) return result.data;
  const names = { id: 'expected/one-name-of', values: { words: [...NAMES.keys()] } } as const;
  throw wrongValue({ id: 'field/each-in-config', values: {} }, names, shown(unknown));
}
