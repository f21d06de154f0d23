import { PROFILES } from '../risk/destinations.js';
import { objectOf, parseFields, type Given, type Spell, type Values } from './field.js';
import { SETTINGS } from './fields.js';
import { named, shown, wrongValue } from './wrong-value.js';

/**
 * Everything that decides what becomes of a photo, with all defaults filled in; `SETTINGS` in src/settings/fields.ts
 * says what each setting may be, and `image-deid run --help` what it does.
 * @interface
 */
export type ProcessSettings = Readonly<Values<typeof SETTINGS>>;
/** All settings, and nothing else. */
export const settingsSchema = objectOf(SETTINGS);
/**
 * The settings that may be given; for the rest, the defaults of `SETTINGS` hold.
 * @interface
 */
export type SettingsOptions = Readonly<Given<typeof SETTINGS>>;

/**
 * Reads settings, whatever door they came through.
 * @param spell how that door writes a setting's name
 * @throws {ImageDeidError} usage, with the setting, what was expected and what was received
 */
export function parseSettings(value: unknown, spell: Spell = named): ProcessSettings {
  const settings = parseFields(SETTINGS, value, 'settings', spell);
  const { maxRisk, destination } = settings;
  const { mostRisk } = PROFILES[destination];
  if (maxRisk === undefined || maxRisk <= mostRisk) return settings;
  const most = { id: 'expected/risk-at-most', values: { most: mostRisk, destination } } as const;
  throw wrongValue(spell('maxRisk'), most, shown(maxRisk));
}
