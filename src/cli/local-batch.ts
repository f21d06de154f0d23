import type { Argv } from 'yargs';
import type { Fields } from '../settings/field.js';
import {
  addLogOption,
  addMachineOptions,
  addOutputOptions,
  machineFrom,
  observerFrom,
  outputFrom,
  type MachineOptions,
} from './batch-options.js';
import { languageOf } from './language.js';
import type { BatchPlan } from './lead-batch.js';
import { addFields } from './option-fields.js';
import { addSettingsOptions, settingsFrom } from './options.js';

/** The options of a command that treats photos on this machine and publishes them, and those that only it has. */
export function addLocalBatchOptions(argv: Argv, own: Fields = {}): Argv {
  return addSettingsOptions(addFields(addLogOption(addMachineOptions(addOutputOptions(argv))), own));
}

/** What these options say. */
interface LocalBatch extends Pick<BatchPlan, 'options' | 'observer' | 'language' | 'settings'> {
  readonly machine: MachineOptions;
}

/** @throws {ImageDeidError} usage */
export async function localBatchFrom(argv: Record<string, unknown>): Promise<LocalBatch> {
  const [options, machine, observer] = [outputFrom(argv), machineFrom(argv), observerFrom(argv)];
  return { options, machine, observer, language: languageOf(argv), settings: await settingsFrom(argv) };
}
