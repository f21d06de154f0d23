import * as z from 'zod/mini';
import type { DetectionKind } from './detection.js';
import type { Place } from './place.js';

/** Something the tool has to say: which sentence, and the values in it. src/words has its words in each language. */
export interface Finding {
  /** "gate/covered", "uncovered-face/seen", "missed-face". */
  readonly id: string;
  /** Numbers and words of this tool; never a name, a text or a value from a photo. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** The findings that one part of the tool can make: by id, the schema of their values. */
export type FindingTable = Readonly<Record<string, z.ZodMiniObject>>;

/** Every finding of a table. */
export type FindingOf<T extends FindingTable> = {
  [K in keyof T & string]: { readonly id: K; readonly values: Readonly<z.infer<T[K]>> };
}[keyof T & string];

/** What a sentence needs besides its values: how a language writes numbers, lists and places, and names things. */
export interface Speaker {
  /** @param digits after the point; 0 when left out */
  number(value: number, digits?: number): string;
  /**
   * @param share 0–1
   * @param other a share that it must not look the same as, unless they are the same
   */
  percent(share: number, other?: number): string;
  /** "a, b and c" */
  list(items: readonly string[]): string;
  /** "at the top and in the middle" */
  places(places: readonly Place[]): string;
  kind(kind: DetectionKind): string;
  /** @param id of a check, or of none */
  check(id: string): string;
  say(finding: Finding): string;
}

/** The words of a table in one language. */
export type WordsOf<T extends FindingTable> = {
  readonly [K in keyof T]: string | ((values: Readonly<z.infer<T[K]>>, speaker: Speaker) => string);
};

/** 0–1. */
export const share = z.number().check(z.minimum(0), z.maximum(1));
export const count = z.int().check(z.nonnegative());
/** A word of this tool or the name of a container's part; the limit is longer than any of them. */
export const word = z.string().check(z.maxLength(200));
export const listOf = <T extends z.ZodMiniType>(item: T) =>
  z.readonly(z.array(item).check(z.maxLength(1000)));
export const none = z.strictObject({});

/** Any finding as a ledger or another process gives it; its id may come from another version of this tool. */
export const findingSchema = z.strictObject({ id: word, values: z.record(z.string(), z.unknown()) });

/** Whether a finding belongs to a table and its values fit. */
export function isOf(table: FindingTable, { id, values }: Finding): boolean {
  return Object.hasOwn(table, id) && table[id]?.safeParse(values).success === true;
}

/** Accepts only findings of a table: for input from outside that will be acted on. */
export function schemaOf<T extends FindingTable>(table: T): z.ZodMiniType<FindingOf<T>> {
  return z.custom<FindingOf<T>>((value) => {
    const finding = findingSchema.safeParse(value);
    return finding.success && isOf(table, finding.data);
  });
}
