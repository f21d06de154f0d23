import type { ErrorCode } from '../error-codes.js';
import type { Finding, FindingOf } from '../finding.js';
import { BATCH_ERRORS, QUEUE_ERRORS, REVIEW_ERRORS } from './batch.js';
import { CLI_ERRORS } from './cli.js';
import { FORMAT_ERRORS } from './formats.js';
import { ENGINE_WORDS, MODEL_ERRORS } from './models.js';
import { PLAIN_ERRORS } from './plain.js';
import { PUBLISH_ERRORS } from './publish.js';
import { EXPECTED_WORDS, FIELD_WORDS, RECEIVED_WORDS, WRONG_VALUE } from './settings.js';
import { SOURCE_ERRORS } from './source.js';
import type { ToldTable, ValuesOf } from './table.js';

/** The error that a finding is of: "error/CODE" or "error/CODE/WHAT". */
type ErrorTable = Readonly<Record<`error/${ErrorCode}` | `error/${ErrorCode}/${string}`, unknown>>;

const ERRORS = {
  ...PLAIN_ERRORS,
  ...SOURCE_ERRORS,
  ...FORMAT_ERRORS,
  ...MODEL_ERRORS,
  ...PUBLISH_ERRORS,
  ...BATCH_ERRORS,
  ...QUEUE_ERRORS,
  ...REVIEW_ERRORS,
  ...CLI_ERRORS,
  ...WRONG_VALUE,
} as const satisfies ErrorTable;

/** What stands inside the sentences of errors. */
const PARTS = { ...FIELD_WORDS, ...EXPECTED_WORDS, ...RECEIVED_WORDS, ...ENGINE_WORDS } as const;

/** Why a photo could not be treated, or a run could not go on. */
export const ERROR_FINDINGS = valuesOf(ERRORS);
export type ErrorFinding = FindingOf<typeof ERROR_FINDINGS>;
/** Those of a code alone, which are what a ledger may hold. */
export const PLAIN_ERROR_FINDINGS = valuesOf(PLAIN_ERRORS);
export const ERROR_PART_FINDINGS = valuesOf(PARTS);
export type FieldFinding = FindingOf<ValuesOf<typeof FIELD_WORDS>>;
export type ExpectedFinding = FindingOf<ValuesOf<typeof EXPECTED_WORDS>>;
export type ReceivedFinding = FindingOf<ValuesOf<typeof RECEIVED_WORDS>>;

/** The English words of all of them. */
export const ERRORS_IN_ENGLISH = wordsOf({ ...ERRORS, ...PARTS });

/** The English sentence of an error. */
export function inEnglish({ id, values }: Finding): string {
  const words = Object.hasOwn(ERRORS_IN_ENGLISH, id)
    ? ERRORS_IN_ENGLISH[id as keyof typeof ERRORS_IN_ENGLISH]
    : id;
  return typeof words === 'string'
    ? words
    : (words as (values: unknown, to: object) => string)(values, { say: inEnglish });
}

function valuesOf<T extends ToldTable>(table: T): ValuesOf<T> {
  return Object.fromEntries(Object.entries(table).map(([id, { values }]) => [id, values])) as ValuesOf<T>;
}

function wordsOf<T extends Readonly<Record<string, { readonly en: unknown }>>>(
  table: T,
): { readonly [K in keyof T]: T[K]['en'] } {
  return Object.fromEntries(Object.entries(table).map(([id, { en }]) => [id, en])) as {
    readonly [K in keyof T]: T[K]['en'];
  };
}
