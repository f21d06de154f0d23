import { asImageDeidError } from '../core/errors.js';
import type { SerializedError } from '../core/errors.js';
import { inspectImage, type Inspection, type Inspector, type ProcessSettings } from '../pipeline/index.js';
import { readSource, type SourceEntry } from '../source/index.js';
import { settingsOf } from './settings-of.js';

/** What a run would find in one entry, or why it would refuse it. */
export type PreviewedEntry = Inspection | { readonly error: SerializedError };

/**
 * Looks at one entry, sidecar included, and writes nothing.
 * @throws {ImageDeidError} when a model or an engine fails
 */
export async function previewEntry(
  entry: SourceEntry,
  settings: ProcessSettings,
  inspector: Inspector,
): Promise<PreviewedEntry> {
  try {
    const file = await readSource(entry, settings.limits);
    return await inspectImage(file.bytes, settingsOf(file, settings), inspector);
  } catch (error) {
    const known = asImageDeidError(error, 'read');
    if (known.stage === 'models') throw known;
    return { error: known.toJSON() };
  }
}
