import * as z from 'zod/mini';
import { CAPTION_CLASSES } from '../core/caption.js';
import { DETECTION_KINDS } from '../core/detection.js';
import { WRITTEN_FORMATS } from '../core/image.js';
import { DEFAULT_LIMITS } from '../core/limits.js';
import type { ReceivedFinding } from '../core/error-tables/index.js';
import { EXTENTS, FACE_COVERS, STYLE_IDS } from '../redact/contract.js';
import { DESTINATIONS } from '../risk/destinations.js';
import { anyOf, oneOf, type Fields } from './field.js';
import { wholeLine } from './whole-line.js';
import { shown } from './wrong-value.js';

/** In pixels of the upright photo. */
export const boxSchema = z.strictObject({
  x: z.number().check(z.nonnegative()),
  y: z.number().check(z.nonnegative()),
  width: z.number().check(z.positive()),
  height: z.number().check(z.positive()),
});
const kinds = z.pipe(
  z.array(z.enum(DETECTION_KINDS)),
  // The order in which the kinds are given means nothing.
  z.transform((given) => [...new Set(given)].sort()),
);
const whole = z.int().check(z.positive());
const TRUE_OR_FALSE = { id: 'expected/true-or-false', values: {} } as const;

const LIMIT_FIELDS = {
  maxBytes: {
    schema: z._default(whole, DEFAULT_LIMITS.maxBytes),
    expected: { id: 'expected/whole-bytes', values: { least: 1 } },
    kind: 'number',
  },
  maxPixels: {
    schema: z._default(whole, DEFAULT_LIMITS.maxPixels),
    expected: { id: 'expected/whole-pixels', values: { least: 1 } },
    kind: 'number',
  },
  maxFrames: {
    schema: z._default(whole, DEFAULT_LIMITS.maxFrames),
    expected: { id: 'expected/whole-frames', values: { least: 1 } },
    kind: 'number',
  },
  codecSeconds: {
    schema: z._default(z.number().check(z.positive()), DEFAULT_LIMITS.codecSeconds),
    expected: { id: 'expected/seconds-above-0', values: {} },
    kind: 'number',
  },
} as const satisfies Fields;

/**
 * Everything that decides what becomes of a photo. The command's options, a config file, the library's options, a
 * queue's messages, the page's calls and the ledger's entry all come from this one list (decision 20).
 */
export const SETTINGS = {
  destination: {
    schema: z._default(z.enum(DESTINATIONS), 'public'),
    expected: oneOf(DESTINATIONS),
    choices: DESTINATIONS,
  },
  maxRisk: {
    schema: z.exactOptional(z.number().check(z.positive(), z.maximum(1))),
    expected: { id: 'expected/risk', values: {} },
    kind: 'number',
  },
  style: {
    schema: z._default(z.enum(STYLE_IDS), 'blur'),
    expected: oneOf(STYLE_IDS),
    choices: STYLE_IDS,
  },
  extent: {
    schema: z._default(z.enum(EXTENTS), 'usual'),
    expected: oneOf(EXTENTS),
    choices: EXTENTS,
  },
  faces: {
    schema: z._default(z.enum(FACE_COVERS), 'whole'),
    expected: oneOf(FACE_COVERS),
    choices: FACE_COVERS,
  },
  keep: {
    schema: z._default(z.readonly(z.array(boxSchema)), []),
    expected: { id: 'expected/regions', values: {} },
    kind: 'words',
    shown: shownRegion,
  },
  cropToKeep: {
    schema: z._default(z.boolean(), false),
    expected: TRUE_OR_FALSE,
    kind: 'flag',
  },
  allowFaceInKeep: {
    schema: z._default(z.boolean(), false),
    expected: TRUE_OR_FALSE,
    kind: 'flag',
  },
  allowText: {
    schema: z._default(z.readonly(z.array(z.string().check(z.refine(isPattern)))), []),
    expected: { id: 'expected/patterns', values: {} },
    kind: 'words',
    isPrivate: true,
  },
  keepRuler: {
    schema: z._default(z.boolean(), false),
    expected: TRUE_OR_FALSE,
    kind: 'flag',
  },
  attestNone: {
    schema: z._default(z.readonly(kinds), []),
    expected: anyOf(DETECTION_KINDS),
    choices: DETECTION_KINDS,
    kind: 'words',
  },
  caption: {
    schema: z.exactOptional(
      z.readonly(z.array(z.strictObject({ class: z.enum(CAPTION_CLASSES), line: whole }))),
    ),
    expected: { id: 'expected/mentions', values: { words: CAPTION_CLASSES } },
    isPrivate: true,
  },
  outputFormat: {
    schema: z.exactOptional(z.enum(WRITTEN_FORMATS)),
    expected: oneOf(WRITTEN_FORMATS),
    choices: WRITTEN_FORMATS,
  },
  limits: {
    schema: z._default(
      z.strictObject({
        maxBytes: LIMIT_FIELDS.maxBytes.schema,
        maxPixels: LIMIT_FIELDS.maxPixels.schema,
        maxFrames: LIMIT_FIELDS.maxFrames.schema,
        codecSeconds: LIMIT_FIELDS.codecSeconds.schema,
      }),
      DEFAULT_LIMITS,
    ),
    expected: { id: 'expected/object', values: {} },
    fields: LIMIT_FIELDS,
  },
} as const satisfies Fields;
export type SettingName = keyof typeof SETTINGS;

function isPattern(text: string): boolean {
  try {
    wholeLine(text);
    return true;
  } catch {
    return false;
  }
}

/** A region as a command line writes it. */
function shownRegion(value: unknown): ReceivedFinding {
  const numbers =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : value;
  return Array.isArray(numbers) ? shown(numbers.join(',')) : shown(value);
}
