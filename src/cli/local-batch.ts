import type { Argv } from 'yargs';
import type { HelpWords } from '../words/help.js';
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
import { addSettingsOptions, settingsFrom } from './options.js';

/** The options of a command that treats photos on this machine and publishes them. */
export function addLocalBatchOptions(argv: Argv, help: HelpWords): Argv {
  return addSettingsOptions(addLogOption(addMachineOptions(addOutputOptions(argv, help), help), help), help);
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
