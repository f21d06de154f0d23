import { readFile } from 'node:fs/promises';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { mentionsIn, readCaption } from '../caption/index.js';
import type { CaptionMention } from '../core/caption.js';
import { DETECTION_KINDS, type DetectionKind } from '../core/detection.js';
import { ImageDeidError } from '../core/errors.js';
import type { Box } from '../core/geometry.js';
import { IMAGE_FORMATS } from '../core/image.js';
import { DEFAULT_SETTINGS, type ProcessSettings } from '../pipeline/settings.js';
import { textRule } from '../pipeline/text-rule.js';
import { EXTENTS } from '../redact/contract.js';
import { type Destination, DESTINATIONS, PROFILES } from '../risk/index.js';

const STYLES = ['blur', 'pixelate', 'solid'] as const;
const OUTPUT_FORMATS = IMAGE_FORMATS.filter((id) => id !== 'heic');
const ATTESTATIONS = DETECTION_KINDS.map((kind) => `no-${kind}`);

/** The options that decide what becomes of a photo, as the command line and a config file name them. */
const settingsSchema = z.strictObject({
  destination: z.enum(DESTINATIONS).optional(),
  'max-risk': z.number().positive().max(1).optional(),
  style: z.enum(STYLES).optional(),
  extent: z.enum(EXTENTS).optional(),
  keep: z.array(z.union([z.string(), z.array(z.number()).length(4)])).optional(),
  'crop-to-keep': z.boolean().optional(),
  'allow-face-in-keep': z.boolean().optional(),
  'allow-text': z.array(z.string()).optional(),
  'keep-ruler': z.boolean().optional(),
  caption: z.string().optional(),
  attest: z.array(z.enum(ATTESTATIONS)).optional(),
  format: z.enum(OUTPUT_FORMATS).optional(),
});
type SettingsOptions = z.infer<typeof settingsSchema>;

/** Adds the options of `settingsSchema` to a command. */
export function addSettingsOptions(argv: Argv) {
  return argv
    .option('destination', {
      choices: DESTINATIONS,
      describe: `Who will see the photos; sets how much risk may remain, and size and format: ${DESTINATIONS.map((id) => `${id} (${PROFILES[id].title})`).join(', ')} [default: "public"]`,
      requiresArg: true,
    })
    .option('max-risk', {
      type: 'number',
      describe: 'Less risk than the destination accepts, 0 to 1',
      requiresArg: true,
    })
    .option('style', {
      choices: STYLES,
      describe: 'How regions are covered; none can be undone [default: "blur"]',
      requiresArg: true,
    })
    .option('extent', {
      choices: EXTENTS,
      describe:
        'How much is covered; "wide": the whole head with hair and ears, single features of a face, and more around tattoos, text and codes [default: "usual"]',
      requiresArg: true,
    })
    .option('keep', {
      type: 'string',
      array: true,
      nargs: 1,
      describe:
        'A region x,y,width,height that shows the lesion and is not covered, in upright pixels of every photo; repeatable. For one photo: a file PHOTO.keep.json beside it, {"keep": [[x, y, width, height]]}',
    })
    .option('crop-to-keep', {
      type: 'boolean',
      describe:
        'Cut each photo down to its kept regions and what surrounds them: what is not there cannot identify',
    })
    .option('allow-face-in-keep', {
      type: 'boolean',
      describe: 'Let a kept region win over a face too; recorded, and raises the risk',
    })
    .option('allow-text', {
      type: 'string',
      array: true,
      nargs: 1,
      describe:
        'A regular expression: lines of text that it matches from end to end, and that were read with confidence, are not covered; repeatable',
    })
    .option('keep-ruler', {
      type: 'boolean',
      describe: 'Do not cover the numbers on a ruler beside the lesion',
    })
    .option('caption', {
      type: 'string',
      describe:
        'A text file that goes with the photos: names, dates, places, numbers and contacts in it are told and count in the risk. For one photo: a file PHOTO.txt beside it',
      requiresArg: true,
    })
    .option('attest', {
      choices: ATTESTATIONS,
      array: true,
      nargs: 1,
      describe: 'What you have seen yourself: no photo shows one; recorded as yours; repeatable',
    })
    .option('format', {
      choices: OUTPUT_FORMATS,
      describe: 'Write this format [default: the format of each photo, HEIC to JPEG]',
      requiresArg: true,
    })
    .option('config', {
      type: 'string',
      describe: 'A JSON file with these options; the command line wins',
      requiresArg: true,
    });
}

/**
 * The settings from the command line and, under it, the config file.
 * @throws {ImageDeidError} usage
 */
export async function settingsFrom(argv: Record<string, unknown>): Promise<ProcessSettings> {
  const config = typeof argv['config'] === 'string' ? await readConfig(argv['config']) : {};
  const given = Object.keys(settingsSchema.shape)
    .filter((key) => argv[key] !== undefined)
    .map((key) => [key, argv[key]]);
  const options = { ...config, ...parseOptions(Object.fromEntries(given), 'The options are not right') };
  const destination = options.destination ?? DEFAULT_SETTINGS.destination;
  if (options['max-risk'] !== undefined) assertStricter(options['max-risk'], destination);
  const settings: ProcessSettings = {
    ...DEFAULT_SETTINGS,
    destination,
    ...(options['max-risk'] !== undefined && { maxRisk: options['max-risk'] }),
    style: options.style ?? DEFAULT_SETTINGS.style,
    ...(options.extent === 'wide' && { extent: options.extent }),
    keep: (options.keep ?? []).map(parseBox),
    cropToKeep: options['crop-to-keep'] ?? DEFAULT_SETTINGS.cropToKeep,
    allowFaceInKeep: options['allow-face-in-keep'] ?? DEFAULT_SETTINGS.allowFaceInKeep,
    allowText: options['allow-text'] ?? [],
    keepRuler: options['keep-ruler'] ?? DEFAULT_SETTINGS.keepRuler,
    ...(options.caption !== undefined && { caption: await captionFrom(options.caption) }),
    attestNone: [...new Set(options.attest ?? [])].sort().map((word) => word.slice(3) as DetectionKind),
    ...(options.format ? { outputFormat: options.format } : {}),
  };
  // A pattern that is none is said now, not at the first photo.
  textRule(settings);
  return settings;
}

async function captionFrom(path: string): Promise<CaptionMention[]> {
  try {
    return mentionsIn(readCaption(await readFile(path)));
  } catch (cause) {
    const why = cause instanceof ImageDeidError ? `: ${cause.message}` : '';
    throw new ImageDeidError('usage', 'usage', `The --caption file cannot be read${why}`, { cause });
  }
}

async function readConfig(path: string): Promise<SettingsOptions> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new ImageDeidError('usage', 'usage', 'The --config file cannot be read as JSON', { cause });
  }
  return parseOptions(parsed, 'The --config file is not right');
}

function parseOptions(value: unknown, complaint: string): SettingsOptions {
  const result = settingsSchema.safeParse(value);
  if (result.success) return result.data;
  throw new ImageDeidError('usage', 'usage', `${complaint}: ${z.prettifyError(result.error)}`);
}

function assertStricter(maxRisk: number, destination: Destination): void {
  const { mostRisk } = PROFILES[destination];
  if (maxRisk <= mostRisk) return;
  throw new ImageDeidError(
    'usage',
    'usage',
    `Expected --max-risk of at most ${mostRisk}, which "${destination}" accepts, but received ${maxRisk}; for more, choose another --destination`,
  );
}

/** "10,20,300,200" or [10, 20, 300, 200] as a box. @throws {ImageDeidError} usage */
export function parseBox(value: string | readonly number[]): Box {
  const numbers =
    typeof value === 'string' ? value.split(',').map((word) => (word.trim() ? Number(word) : NaN)) : value;
  const [x, y, width, height] = numbers;
  const right =
    numbers.length === 4 &&
    numbers.every((n) => Number.isFinite(n) && n >= 0) &&
    (width ?? 0) > 0 &&
    (height ?? 0) > 0;
  if (!right || x === undefined || y === undefined || width === undefined || height === undefined) {
    throw new ImageDeidError(
      'usage',
      'usage',
      `Expected --keep x,y,width,height in pixels, for example --keep 120,80,300,200, but received ${String(value)}`,
    );
  }
  return { x, y, width, height };
}
