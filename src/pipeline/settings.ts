import { createHash } from 'node:crypto';
import { parseSettings, type ProcessSettings } from '../settings/parse-settings.js';

export type { ProcessSettings };

export const DEFAULT_SETTINGS: ProcessSettings = parseSettings({});

/** Settings that earlier versions did not have. */
const LATER = ['extent', 'faces'] as const;

/**
 * The one way to write settings: properties in order, defaults filled in. A setting that was introduced later is left
 * out at its default, so that a folder begun before it keeps the hash that it has.
 */
export function canonicalSettings(settings: ProcessSettings): string {
  const later = LATER.filter((name) => settings[name] === DEFAULT_SETTINGS[name]);
  const told = Object.entries(settings).filter(([name]) => !later.some((one) => one === name));
  return JSON.stringify(Object.fromEntries(told), (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** SHA-256 of the settings' canonical form: must be the same in all of a folder's runs and a queue's jobs. */
export function settingsHash(settings: ProcessSettings): string {
  return createHash('sha256').update(canonicalSettings(settings)).digest('hex');
}
