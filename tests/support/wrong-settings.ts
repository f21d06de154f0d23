/** Of every setting one value or more that it cannot have, and the sentence about it, FIELD standing for its name. */
export interface WrongSetting {
  readonly field: string;
  readonly value: unknown;
  readonly sentence: string;
  /** What else is set. */
  readonly with?: Readonly<Record<string, unknown>>;
}

const wrong = (field: string, value: unknown, expected: string, received: string): WrongSetting => ({
  field,
  value,
  sentence: `Expected FIELD to be ${expected} but received ${received}`,
});
const DESTINATIONS = '"public", "professional" or "clinical"';
const STYLES = '"blur", "pixelate" or "solid"';
const EXTENTS = '"usual" or "wide"';
const FACES = '"whole" or "features"';
const REGIONS =
  'regions x,y,width,height in pixels of the upright photo, x and y from 0, width and height above 0';
const KINDS = 'any of "face", "tattoo", "text" and "code"';
const FORMATS = '"jpeg", "png", "webp", "tiff", "avif" or "gif"';
const MENTIONS =
  'what was found in the caption, each with its class, "name", "date", "age-above-89", "place", "identifier" or "contact", and its line from 1';

export const WRONG_SETTINGS: readonly WrongSetting[] = [
  wrong('destination', 'pubilc', DESTINATIONS, '"pubilc"; did you mean "public"?'),
  wrong('destination', '', DESTINATIONS, '""'),
  wrong('destination', 'constructor', DESTINATIONS, '"constructor"'),
  wrong('destination', ['public', 'clinical'], DESTINATIONS, '["public","clinical"]'),
  wrong('maxRisk', 5, 'a number above 0 and up to 1', '5'),
  wrong('maxRisk', 0, 'a number above 0 and up to 1', '0'),
  wrong('maxRisk', 'abc', 'a number above 0 and up to 1', '"abc"'),
  wrong(
    'maxRisk',
    0.2,
    'at most 0.09, which "public" accepts (for more, choose another destination),',
    '0.2',
  ),
  wrong('style', 'blurr', STYLES, '"blurr"; did you mean "blur"?'),
  wrong('extent', 'narrow', EXTENTS, '"narrow"'),
  wrong('faces', 'feature', FACES, '"feature"; did you mean "features"?'),
  wrong('keep', [{ x: -1, y: 2, width: 3, height: 4 }], REGIONS, '"-1,2,3,4"'),
  wrong('keep', [{ x: 1, y: 2, width: 0, height: 4 }], REGIONS, '"1,2,0,4"'),
  wrong('outputFormat', 'heic', FORMATS, '"heic"'),
  wrong('allowText', ['(Martha'], 'regular expressions', 'a text of 7 characters'),
];

/** Those that a command line cannot even write. */
export const WRONG_IN_CODE: readonly WrongSetting[] = [
  wrong('destination', null, DESTINATIONS, 'null'),
  wrong('maxRisk', NaN, 'a number above 0 and up to 1', 'NaN'),
  wrong('style', 1, STYLES, '1'),
  wrong('extent', true, EXTENTS, 'true'),
  wrong('faces', null, FACES, 'null'),
  wrong('keep', [[1, 2, 3, 4]], REGIONS, '"1,2,3,4"'),
  wrong('keep', { x: 1, y: 2, width: 3, height: 4 }, REGIONS, '"1,2,3,4"'),
  wrong('keep', [{ x: 1, y: 2, width: 3 }], REGIONS, '"1,2,3"'),
  wrong('keep', [{ x: 1, y: 2, width: 3, height: Infinity }], REGIONS, '"1,2,3,Infinity"'),
  wrong('cropToKeep', 'yes', 'true or false', '"yes"'),
  wrong('allowFaceInKeep', 1, 'true or false', '1'),
  wrong('allowText', 'left|right', 'regular expressions', 'a text of 10 characters'),
  wrong('keepRuler', null, 'true or false', 'null'),
  wrong('attestNone', ['face', 'dragon'], KINDS, '"dragon"'),
  wrong('attestNone', 'face', KINDS, '"face"'),
  wrong('caption', 'Mrs Planted', MENTIONS, 'a text of 11 characters'),
  wrong('caption', [{ class: 'name', line: 0 }], MENTIONS, 'an object'),
];

/** Those that only the library takes. */
export const WRONG_LIMITS: readonly WrongSetting[] = [
  wrong('limits', 5, 'an object', '5'),
  ...(['maxBytes', 'maxPixels', 'maxFrames'] as const).map((name) => ({
    field: `limits.${name}`,
    value: 'many',
    sentence: `Expected FIELD to be a whole number of ${name.slice(3).toLowerCase()} from 1${name === 'maxPixels' ? ', width × height × frames' : ''} but received "many"`,
  })),
  {
    field: 'limits.codecSeconds',
    value: 0,
    sentence: 'Expected FIELD to be a number of seconds above 0 but received 0',
  },
];

/** The sentence as a door says it. */
export function sentenceOf({ sentence }: WrongSetting, name: string): string {
  return sentence.replace('FIELD', name);
}
