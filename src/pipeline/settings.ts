import { createHash } from 'node:crypto';
import { parseSettings, type ProcessSettings } from '../settings/parse-settings.js';

export type { ProcessSettings };

export const DEFAULT_SETTINGS: ProcessSettings = parseSettings({});

/**
 * The one way to write settings: properties in order, defaults filled in. What came to the settings later is left out at
 * its default, so that a folder of before goes on under the hash that it has.
 */
export function canonicalSettings(settings: ProcessSettings): string {
  const { extent, ...first } = settings;
  return JSON.stringify(extent === DEFAULT_SETTINGS.extent ? first : settings, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** SHA-256 of the settings' canonical form: what a folder's runs and a queue's jobs have to agree in. */
export function settingsHash(settings: ProcessSettings): string {
  return createHash('sha256').update(canonicalSettings(settings)).digest('hex');
}
