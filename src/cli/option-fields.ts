import type { Argv, Options } from 'yargs';
import * as z from 'zod/mini';
import { parseFields, type Field, type Fields, type Values } from '../settings/field.js';
import { kindOf, named, wrongValue } from '../settings/wrong-value.js';
import type { HelpWords } from '../words/help.js';

/** The name of a file or a folder. An empty one is usually an environment variable that is not set. */
export const path = z.string().check(z.minLength(1));

export const FOLDER = { id: 'expected/folder', values: {} } as const;
export const FILE = { id: 'expected/file', values: {} } as const;
export const GIVEN_ONCE = { id: 'expected/given-once', values: {} } as const;

export const wholeFrom1 = z.int().check(z.positive());

/** The inputs that a command line names. */
export const INPUTS = {
  schema: z.array(path).check(z.minLength(1)),
  expected: { id: 'expected/inputs', values: {} },
} as const;

/** A field that names a file, a folder or another place; its value is never quoted. */
export function place(expected: Field['expected']) {
  return { schema: z.exactOptional(path), expected, isPrivate: true } as const satisfies Field;
}

/** A switch that is off unless it is given. */
export function flag() {
  return {
    schema: z._default(z.boolean(), false),
    expected: GIVEN_ONCE,
    kind: 'flag',
  } as const satisfies Field;
}

/** The name of a field as a command line writes it: "max-risk" for "maxRisk". */
export function optionName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Of each field of a group, what help says. */
export type Docs<F extends Fields> = { readonly [K in keyof F]: string };

/** Adds the options of these fields. */
export function addFields<F extends Fields>(
  argv: Argv,
  fields: F,
  docs: Docs<F>,
  { hints }: HelpWords,
): Argv {
  return Object.entries(fields).reduce(
    (all, [name, field]) => all.option(optionName(name), optionOf(field, docs[name] ?? '', hints)),
    argv,
  );
}

/**
 * Reads the options of these fields.
 * @throws {ImageDeidError} usage, with the option, what was expected and what was received
 */
export function readFields<F extends Fields>(argv: Record<string, unknown>, fields: F): Values<F> {
  const given = Object.keys(fields).map((name) => [name, argv[optionName(name)]]);
  return parseFields(fields, Object.fromEntries(given), 'options', (name) => named(`--${optionName(name)}`));
}

/**
 * Reads one word, or several, given without an option's name.
 * @throws {ImageDeidError} usage
 */
export function readPositional<T extends z.ZodMiniType>(
  argv: Record<string, unknown>,
  name: string,
  { schema, expected }: Pick<Field<T>, 'schema' | 'expected'>,
): z.output<T> {
  const result = z.safeParse(schema, argv[name]);
  if (result.success) return result.data;
  throw wrongValue(named(`<${name}>`), expected, kindOf(argv[name]));
}

/**
 * What the command line's parser is told about a field: no type except text, and no choices. The parser's own message
 * about a wrong value is not a sentence, and it turns "abc" into NaN.
 * @param doc what help says of it
 */
export function optionOf(
  { schema, kind = 'word', choices }: Omit<Field, 'expected'>,
  doc: string,
  say: HelpWords['hints'],
): Options {
  const byDefault = z.safeParse(schema, undefined).data;
  const hints = [
    ...(kind === 'number' ? [say.number] : []),
    ...(choices ? [say.choices(choices.map((word) => `"${word}"`).join(', '))] : []),
    ...(['number', 'word'].includes(kind) && byDefault !== undefined
      ? [say.default(JSON.stringify(byDefault))]
      : []),
  ];
  const describe = [doc, ...hints].join(' ');
  // Without `nargs`, "--crop-to-keep=yes" would mean no.
  if (kind === 'flag') return { type: 'boolean', nargs: 0, describe };
  if (kind === 'words') return { type: 'string', array: true, nargs: 1, describe };
  return {
    describe,
    requiresArg: true,
    demandOption: schema._zod.optin === undefined,
    ...(kind === 'word' && !choices && { type: 'string' as const }),
  };
}
