import * as z from 'zod/mini';
import { CAPTION_CLASSES } from '../core/caption.js';
import { DETECTION_KINDS } from '../core/detection.js';
import { WRITTEN_FORMATS } from '../core/image.js';
import { DEFAULT_LIMITS } from '../core/limits.js';
import { EXTENTS, FACE_COVERS, STYLE_IDS } from '../redact/contract.js';
import { DESTINATIONS, PROFILES } from '../risk/destinations.js';
import { oneOf, type Fields } from './field.js';
import { wholeLine } from './whole-line.js';
import { shown } from './wrong-value.js';

const titles = DESTINATIONS.map((id) => `${id} (${PROFILES[id].title})`).join(', ');

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

const LIMIT_FIELDS = {
  maxBytes: {
    schema: z._default(whole, DEFAULT_LIMITS.maxBytes),
    expected: 'a whole number of bytes from 1',
    doc: 'A larger file is refused',
    kind: 'number',
  },
  maxPixels: {
    schema: z._default(whole, DEFAULT_LIMITS.maxPixels),
    expected: 'a whole number of pixels from 1, width × height × frames',
    doc: 'A larger photo is refused',
    kind: 'number',
  },
  maxFrames: {
    schema: z._default(whole, DEFAULT_LIMITS.maxFrames),
    expected: 'a whole number of frames from 1',
    doc: 'A photo of more pages or frames is refused',
    kind: 'number',
  },
  codecSeconds: {
    schema: z._default(z.number().check(z.positive()), DEFAULT_LIMITS.codecSeconds),
    expected: 'a number of seconds above 0',
    doc: 'A photo that takes longer to decode or to encode is refused',
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
    doc: `Who will see the photos; sets how much risk may remain, and size and format: ${titles}`,
  },
  maxRisk: {
    schema: z.exactOptional(z.number().check(z.positive(), z.maximum(1))),
    expected: 'a number above 0 and up to 1',
    doc: 'Less risk than the destination accepts, 0 to 1',
    kind: 'number',
  },
  style: {
    schema: z._default(z.enum(STYLE_IDS), 'blur'),
    expected: oneOf(STYLE_IDS),
    choices: STYLE_IDS,
    doc: 'How regions are covered; none can be undone',
  },
  extent: {
    schema: z._default(z.enum(EXTENTS), 'usual'),
    expected: oneOf(EXTENTS),
    choices: EXTENTS,
    doc: 'How much is covered; "wide": the whole head with hair and ears, single features of a face, and more around tattoos, text and codes',
  },
  faces: {
    schema: z._default(z.enum(FACE_COVERS), 'whole'),
    expected: oneOf(FACE_COVERS),
    choices: FACE_COVERS,
    doc: 'What of a face is covered; "features": eyes, nose, mouth, ears, hairline and outline, and the skin stays where all of them were seen with confidence',
  },
  keep: {
    schema: z._default(z.readonly(z.array(boxSchema)), []),
    expected:
      'regions x,y,width,height in pixels of the upright photo, x and y from 0, width and height above 0',
    doc: 'A region x,y,width,height that shows the lesion and is not covered, in upright pixels of every photo',
    kind: 'words',
    shown: shownRegion,
  },
  cropToKeep: {
    schema: z._default(z.boolean(), false),
    expected: 'true or false',
    doc: 'Cut each photo down to its kept regions and what surrounds them: what is not there cannot identify',
    kind: 'flag',
  },
  allowFaceInKeep: {
    schema: z._default(z.boolean(), false),
    expected: 'true or false',
    doc: 'Let a kept region show features of a face too, not only its skin; recorded, and raises the risk',
    kind: 'flag',
  },
  allowText: {
    schema: z._default(z.readonly(z.array(z.string().check(z.refine(isPattern)))), []),
    expected: 'regular expressions',
    doc: 'A regular expression: lines of text that it matches from end to end, and that were read with confidence, are not covered',
    kind: 'words',
    isPrivate: true,
  },
  keepRuler: {
    schema: z._default(z.boolean(), false),
    expected: 'true or false',
    doc: 'Do not cover the numbers on a ruler beside the lesion',
    kind: 'flag',
  },
  attestNone: {
    schema: z._default(z.readonly(kinds), []),
    expected: `any of ${oneOf(DETECTION_KINDS, 'and')}`,
    choices: DETECTION_KINDS,
    doc: 'What you have seen yourself: no photo shows one; recorded as yours',
    kind: 'words',
  },
  caption: {
    schema: z.exactOptional(
      z.readonly(z.array(z.strictObject({ class: z.enum(CAPTION_CLASSES), line: whole }))),
    ),
    expected: `what was found in the caption, each with its class, ${oneOf(CAPTION_CLASSES)}, and its line from 1`,
    doc: 'What the caption that goes with the photos gives away; it counts in the risk',
    isPrivate: true,
  },
  outputFormat: {
    schema: z.exactOptional(z.enum(WRITTEN_FORMATS)),
    expected: oneOf(WRITTEN_FORMATS),
    choices: WRITTEN_FORMATS,
    doc: 'Write this format, whatever the destination takes',
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
    expected: 'an object',
    doc: 'What one photo may cost',
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
function shownRegion(value: unknown): string {
  const numbers =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : value;
  return Array.isArray(numbers) ? shown(numbers.join(',')) : shown(value);
}
