import * as z from 'zod/mini';
import type { ImageDeidError } from '../core/errors.js';
import type { ExpectedFinding, FieldFinding, ReceivedFinding } from '../core/error-tables/index.js';
import { kindOf, named, shown, wrongValue } from './wrong-value.js';

/** One value that comes from outside, described once for every door through which it can come. */
export interface Field<T extends z.ZodMiniType = z.ZodMiniType> {
  /** Includes the default; a value that may be absent has none. */
  readonly schema: T;
  /** What a right value is, with unit and range. */
  readonly expected: ExpectedFinding;
  /** How a command line writes it. @default 'word' */
  readonly kind?: 'flag' | 'number' | 'word' | 'words';
  /** The words that it may be, or may hold. */
  readonly choices?: readonly string[];
  /** Its value may hold a name, and so is never quoted. */
  readonly isPrivate?: true;
  /** How a value is quoted. @default JSON */
  readonly shown?: (value: unknown) => ReceivedFinding;
  /** The fields of an object. */
  readonly fields?: Fields;
}
export type Fields = Readonly<Record<string, Field>>;

type ShapeOf<F extends Fields> = { -readonly [K in keyof F]: F[K]['schema'] };
type SchemaOf<F extends Fields> = z.ZodMiniObject<ShapeOf<F>, z.core.$strict>;
/** The values of fields after they were read. */
export type Values<F extends Fields> = z.output<SchemaOf<F>>;
/** What may be given for these fields. */
export type Given<F extends Fields> = z.input<SchemaOf<F>>;

/** How a door writes a field's name. */
export type Spell = (name: string) => Spelling;
export type Spelling = Extract<FieldFinding, { readonly values: { readonly name: string } }>;
/** What the fields are of. */
export type Whole = 'settings' | 'options' | 'request';

/** The schema of an object that holds these fields and no others. */
export function objectOf<F extends Fields>(fields: F): SchemaOf<F> {
  const shape = Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema]));
  return z.strictObject(shape as ShapeOf<F>);
}

/**
 * Reads fields that came from outside. Defaults are filled in; a field that is undefined counts as not given.
 * @param what what the fields are of
 * @throws {ImageDeidError} usage, with the field, what was expected and what was received
 */
export function parseFields<F extends Fields>(
  fields: F,
  value: unknown,
  what: Whole,
  spell: Spell = named,
): Values<F> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongValue(
      { id: `field/${what}`, values: {} },
      { id: 'expected/object', values: {} },
      kindOf(value),
    );
  }
  const given = Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
  const result = z.safeParse(objectOf(fields), given);
  if (result.success) return result.data;
  throw describeIssue(
    fields,
    given,
    { id: `field/each-of-${what}`, values: {} },
    spell,
    result.error.issues[0],
  );
}

/** The schema without its default. */
export function withoutDefault<T extends z.core.SomeType>(schema: z.ZodMiniDefault<T>): T {
  return schema._zod.def.innerType;
}

/** The same field, but one that must be given. */
export function required<T extends z.ZodMiniType, F extends Field<z.ZodMiniDefault<T>>>(field: F) {
  return { ...field, schema: withoutDefault<T>(field.schema) };
}

/** One of some words. */
export function oneOf(words: readonly string[]): ExpectedFinding {
  return { id: 'expected/one-of', values: { words } };
}

/** Any number of some words. */
export function anyOf(words: readonly string[]): ExpectedFinding {
  return { id: 'expected/any-of', values: { words } };
}

function describeIssue(
  fields: Fields,
  given: Readonly<Record<string, unknown>>,
  each: FieldFinding,
  spell: Spell,
  issue: z.core.$ZodIssue | undefined,
): ImageDeidError {
  const [name = '', part] = issue?.path ?? [];
  const field = fields[String(name)];
  if (!field) {
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const words = Object.keys(fields).map((name) => spell(name).values.name);
    return wrongValue(each, { id: 'expected/one-name-of', values: { words } }, shown(unknown));
  }
  const value = given[String(name)];
  const isInside = part !== undefined || issue?.code === 'unrecognized_keys';
  if (issue && field.fields && isInside && typeof value === 'object' && value !== null) {
    const inner = Object.fromEntries(Object.entries(value));
    const whole = spell(String(name));
    const rest = { ...issue, path: issue.path.slice(1) };
    return describeIssue(
      field.fields,
      inner,
      whole,
      (one) => ({ ...whole, values: { name: `${whole.values.name}.${one}` } }),
      rest,
    );
  }
  // Of a list, only the wrong item.
  const wrong: unknown = Array.isArray(value) && typeof part === 'number' ? value[part] : value;
  const received = field.isPrivate ? kindOf(wrong) : (field.shown ?? shown)(wrong);
  return wrongValue(spell(String(name)), field.expected, received);
}
