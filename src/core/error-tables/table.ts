import * as z from 'zod/mini';
import { findingSchema, none, type Finding } from '../finding.js';

/** What an English sentence needs besides its values. */
export interface Telling {
  say(finding: Finding): string;
}

/** The schema of a finding's values, and its English words, which an `Error.message` needs here in core. */
export interface Told<T extends z.ZodMiniObject = z.ZodMiniObject> {
  readonly values: T;
  readonly en: string | ((values: Readonly<z.infer<T>>, to: Telling) => string);
}
export type ToldTable = Readonly<Record<string, { readonly values: z.ZodMiniObject }>>;

/** A finding with values. */
export function says<T extends z.ZodMiniObject>(values: T, en: Told<T>['en']): Told<T> {
  return { values, en };
}

/** A finding without values. */
export function plainly(en: string): Told<typeof none> {
  return { values: none, en };
}

/** The schemas of a table. */
export type ValuesOf<T extends ToldTable> = { readonly [K in keyof T]: T[K]['values'] };

/** Control and direction characters must not reach a terminal, whoever sent an error. */
// eslint-disable-next-line no-control-regex -- these are what must not reach a terminal
const HARMLESS = /^[^\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]*$/;
/** A word of this tool, of its libraries or of the system, such as "EACCES"; or what a user wrote. */
export const text = z.string().check(z.maxLength(5000), z.regex(HARMLESS));
export const number = z.number();
/** A finding inside another. */
export const inner = findingSchema;

/** A list as in a sentence: "a", "b" or "c". */
export function quotedList(words: readonly string[], joint: string): string {
  const quoted = words.map((word) => `"${word}"`);
  return quoted.length < 2
    ? quoted.join('')
    : `${quoted.slice(0, -1).join(', ')} ${joint} ${quoted.at(-1) ?? ''}`;
}
