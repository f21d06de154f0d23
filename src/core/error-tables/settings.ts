import * as z from 'zod/mini';
import { listOf } from '../finding.js';
import { inner, number, plainly, quotedList, says, text, type ToldTable } from './table.js';

const words = z.strictObject({ words: listOf(text) });
const range = z.strictObject({ least: number, most: z.optional(number) });
const rangeOf = ({ least, most }: z.infer<typeof range>) =>
  `from ${least}${most === undefined ? '' : ` to ${most}`}`;
const named = z.strictObject({ name: text });

/** The one sentence about a value that cannot be right, whatever door it came through. */
export const WRONG_VALUE = {
  'error/usage/wrong-value': says(
    z.strictObject({ field: inner, expected: inner, received: inner, meant: z.optional(text) }),
    ({ field, expected, received, meant }, to) =>
      `Expected ${to.say(field)} to be ${to.say(expected)} but received ${to.say(received)}${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
  ),
} as const satisfies ToldTable;

/** What has a wrong value. */
export const FIELD_WORDS = {
  'field/named': says(named, ({ name }) => name),
  'field/in-config': says(named, ({ name }) => `"${name}" of the --config file`),
  'field/settings': plainly('the settings'),
  'field/each-of-settings': plainly('each of the settings'),
  'field/options': plainly('the options'),
  'field/each-of-options': plainly('each of the options'),
  'field/request': plainly('the request'),
  'field/each-of-request': plainly('each of the request'),
  'field/config': plainly('the --config file'),
  'field/each-in-config': plainly('each name in the --config file'),
} as const satisfies ToldTable;

/** What a right value is, with unit and range. */
export const EXPECTED_WORDS = {
  'expected/one-of': says(words, ({ words }) => quotedList(words, 'or')),
  'expected/any-of': says(words, ({ words }) => `any of ${quotedList(words, 'and')}`),
  /** `words`: names, which are not quoted. */
  'expected/one-name-of': says(words, ({ words }) => `one of ${words.join(', ')}`),
  'expected/object': plainly('an object'),
  'expected/true-or-false': plainly('true or false'),
  'expected/given-once': plainly('given once'),
  'expected/whole': says(range, (values) => `a whole number ${rangeOf(values)}`),
  'expected/whole-bytes': says(range, (values) => `a whole number of bytes ${rangeOf(values)}`),
  'expected/whole-pixels': says(
    range,
    (values) => `a whole number of pixels ${rangeOf(values)}, width × height × frames`,
  ),
  'expected/whole-frames': says(range, (values) => `a whole number of frames ${rangeOf(values)}`),
  'expected/whole-seconds': says(range, (values) => `a whole number of seconds ${rangeOf(values)}`),
  'expected/whole-mebibytes': says(range, (values) => `a whole number of MiB ${rangeOf(values)}`),
  'expected/seconds': says(range, (values) => `a number of seconds ${rangeOf(values)}`),
  'expected/seconds-above-0': plainly('a number of seconds above 0'),
  'expected/risk': plainly('a number above 0 and up to 1'),
  'expected/risk-at-most': says(
    z.strictObject({ most: number, destination: text }),
    ({ most, destination }) =>
      `at most ${most}, which "${destination}" accepts (for more, choose another destination),`,
  ),
  'expected/regions': plainly(
    'regions x,y,width,height in pixels of the upright photo, x and y from 0, width and height above 0',
  ),
  'expected/patterns': plainly('regular expressions'),
  'expected/mentions': says(
    words,
    ({ words }) =>
      `what was found in the caption, each with its class, ${quotedList(words, 'or')}, and its line from 1`,
  ),
  'expected/shapes': plainly('shapes with an id, kinds and a polygon'),
  'expected/text': says(
    z.strictObject({ most: number }),
    ({ most }) => `a text of at most ${most} characters`,
  ),
  'expected/folder': plainly('a folder'),
  'expected/file': plainly('a file'),
  'expected/text-file': plainly('a text file'),
  'expected/inputs': plainly('files, folders or globs'),
  'expected/address': plainly('one address'),
  'expected/port': plainly('a port, or HOST:PORT'),
  'expected/prefix': plainly('an address like s3://BUCKET/PREFIX'),
} as const satisfies ToldTable;

/** The types of values that are neither text, lists nor objects. */
export const OTHER_TYPES = ['number', 'boolean', 'bigint', 'symbol', 'function'] as const;

/** What was there instead. */
export const RECEIVED_WORDS = {
  /** `value`: as JSON. */
  'received/value': says(z.strictObject({ value: text }), ({ value }) => value),
  'received/nothing': plainly('nothing'),
  'received/text': says(z.strictObject({ length: number }), ({ length }) => `a text of ${length} characters`),
  'received/list': says(z.strictObject({ length: number }), ({ length }) => `a list of ${length}`),
  'received/object': plainly('an object'),
  'received/type': says(z.strictObject({ type: z.enum(OTHER_TYPES) }), ({ type }) => `a ${type}`),
} as const satisfies ToldTable;
