import { ImageDeidError } from '../core/errors.js';

/** How many characters of a received value are shown; nobody reads more. */
const MOST_SHOWN = 60;

/**
 * The one sentence about a wrong value, whatever door it came through.
 * @param field as that door writes its name
 * @param expected completes "Expected … to be"
 * @param received as `shown` or `kindOf` gives it
 */
export function wrongValue(field: string, expected: string, received: string): ImageDeidError {
  return new ImageDeidError('usage', 'usage', `Expected ${field} to be ${expected} but received ${received}`);
}

/** A value as JSON, cut off when it is long. */
export function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (asJson(value) ?? kindOf(value));
  // Control and direction characters must not reach a terminal.
  const harmless = text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');
  return harmless.length > MOST_SHOWN ? `${harmless.slice(0, MOST_SHOWN)}…` : harmless;
}

/** What kind of value it is, for a value that may hold a name. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  if (typeof value === 'string') return `a text of ${value.length} characters`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // The value refers to itself, or holds something that JSON cannot express.
    return undefined;
  }
}
