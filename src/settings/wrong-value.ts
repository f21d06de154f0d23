import type { ExpectedFinding, FieldFinding, ReceivedFinding } from '../core/error-tables/index.js';
import { nearest } from '../core/nearest.js';
import { OTHER_TYPES } from '../core/error-tables/settings.js';
import { ImageDeidError } from '../core/errors.js';

/** How many characters of a received value are shown; nobody reads more. */
const MOST_SHOWN = 60;

/**
 * The one sentence about a wrong value, whatever door it came through.
 * @param field as that door writes its name
 * @param received as `shown` or `kindOf` gives it
 */
export function wrongValue(
  field: FieldFinding,
  expected: ExpectedFinding,
  received: ReceivedFinding,
): ImageDeidError {
  const meant = meantBy(expected, received);
  return new ImageDeidError(
    {
      id: 'error/usage/wrong-value',
      values: { field, expected, received, ...(meant !== undefined && { meant }) },
    },
    'usage',
  );
}

/** The word that is nearest to what was received, where it has to be one of some. */
function meantBy(expected: ExpectedFinding, received: ReceivedFinding): string | undefined {
  if (!('words' in expected.values) || received.id !== 'received/value') return undefined;
  const [, word] = /^"(.*)"$/.exec(received.values.value) ?? [];
  // A right word in a wrong place, such as one that ought to be in a list, is not misspelt.
  if (word === undefined || expected.values.words.includes(word)) return undefined;
  return nearest(word, expected.values.words);
}

/** A field by the name that its users know. */
export function named(name: string) {
  return { id: 'field/named', values: { name } } as const;
}

/** A value as JSON, cut off when it is long. */
export function shown(value: unknown): ReceivedFinding {
  const text = typeof value === 'number' ? String(value) : asJson(value);
  if (text === undefined) return kindOf(value);
  // Control and direction characters must not reach a terminal.
  const harmless = text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');
  const short = harmless.length > MOST_SHOWN ? `${harmless.slice(0, MOST_SHOWN)}…` : harmless;
  return { id: 'received/value', values: { value: short } };
}

/** What kind of value it is, for a value that may hold a name. */
export function kindOf(value: unknown): ReceivedFinding {
  if (value === undefined || value === null || value === '') return { id: 'received/nothing', values: {} };
  if (typeof value === 'string') return { id: 'received/text', values: { length: value.length } };
  if (Array.isArray(value)) return { id: 'received/list', values: { length: value.length } };
  const type = OTHER_TYPES.find((one) => one === typeof value);
  return type === undefined
    ? { id: 'received/object', values: {} }
    : { id: 'received/type', values: { type } };
}

function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // The value refers to itself, or holds something that JSON cannot express.
    return undefined;
  }
}
