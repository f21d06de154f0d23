import type { Argv, Options } from 'yargs';
import * as z from 'zod/mini';
import { parseFields, type Field, type Fields, type Values } from '../settings/field.js';
import { kindOf, wrongValue } from '../settings/wrong-value.js';

/** The name of a file or a folder. An empty one is usually an environment variable that is not set. */
export const path = z.string().check(z.minLength(1));

export const wholeFrom1 = z.int().check(z.positive());

/** The inputs that a command line names. */
export const INPUTS = {
  schema: z.array(path).check(z.minLength(1)),
  expected: 'files, folders or globs',
} as const;

/** A field that names a file, a folder or another place; its value is never quoted. */
export function place(expected: string, doc: string) {
  return { schema: z.exactOptional(path), expected, doc, isPrivate: true } as const satisfies Field;
}

/** A switch that is off unless it is given. */
export function flag(doc: string) {
  return {
    schema: z._default(z.boolean(), false),
    expected: 'given once',
    doc,
    kind: 'flag',
  } as const satisfies Field;
}

/** The name of a field as a command line writes it: "max-risk" for "maxRisk". */
export function optionName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Adds the options of these fields. */
export function addFields(argv: Argv, fields: Fields): Argv {
  return Object.entries(fields).reduce(
    (all, [name, field]) => all.option(optionName(name), optionOf(field)),
    argv,
  );
}

/**
 * Reads the options of these fields.
 * @throws {ImageDeidError} usage, with the option, what was expected and what was received
 */
export function readFields<F extends Fields>(argv: Record<string, unknown>, fields: F): Values<F> {
  const given = Object.keys(fields).map((name) => [name, argv[optionName(name)]]);
  return parseFields(fields, Object.fromEntries(given), 'the options', (name) => `--${optionName(name)}`);
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
  throw wrongValue(`<${name}>`, expected, kindOf(argv[name]));
}

/**
 * What the command line's parser is told about a field: no type except text, and no choices. The parser's own message
 * about a wrong value is not a sentence, and it turns "abc" into NaN.
 * @param more what only the command line's help adds
 */
export function optionOf({ schema, doc, kind = 'word', choices }: Field, more = ''): Options {
  const byDefault = z.safeParse(schema, undefined).data;
  const hints = [
    ...(kind === 'number' ? ['[number]'] : []),
    ...(choices ? [`[choices: ${choices.map((word) => `"${word}"`).join(', ')}]`] : []),
    ...(['number', 'word'].includes(kind) && byDefault !== undefined
      ? [`[default: ${JSON.stringify(byDefault)}]`]
      : []),
  ];
  const describe = [kind === 'words' ? `${doc}; repeatable${more}` : `${doc}${more}`, ...hints].join(' ');
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
