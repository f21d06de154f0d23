import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { previewEntry } from '../../batch/preview-entry.js';
import { runBatch } from '../../batch/run-batch.js';
import { composeToolbox } from '../../compose.js';
import { settingsHash, type ProcessSettings } from '../../pipeline/settings.js';
import { Output, readSigningKey, type Summary } from '../../publish/index.js';
import { collectInputs, type SourceEntry } from '../../source/index.js';
import type { Command } from '../command.js';
import { describeInspection } from '../describe-inspection.js';
import { EXIT } from '../exit-codes.js';
import { addSettingsOptions, settingsFrom } from '../options.js';
import { Progress } from '../progress.js';

/** `image-deid run`: the main job. */
export const runCommand: Command = {
  usage: 'run <inputs..>',
  description: 'De-identify photos into a folder: cleared/, review/, report.html and ledger.jsonl',
  build: (argv) =>
    addSettingsOptions(
      argv
        .positional('inputs', { describe: 'Files, folders or globs', type: 'string', array: true })
        .option('out', {
          type: 'string',
          requiresArg: true,
          demandOption: true,
          describe: 'Output folder; must be new, or hold the same run, which then goes on where it stopped',
        })
        .option('sign', {
          type: 'string',
          requiresArg: true,
          describe: 'A key of "keygen": signs summary.json, and with it the ledger',
        })
        .option('dry-run', { type: 'boolean', describe: 'Say what would be done; write nothing' }),
    )
      .example('$0 run photos/ --out out/', 'Everything in a folder, for an open network')
      .example('$0 run rash.jpg --out out/ --keep 820,610,900,700', 'Never cover the lesion')
      .example(
        '$0 run photos/ --out out/ --attest no-tattoo',
        'You have looked yourself: no tattoo on any of them',
      )
      .example(
        '$0 run photos/ --out out/ --destination clinical',
        'For teledermatology: the patient’s own doctors',
      ),
  run: async (argv) => {
    const settings = await settingsFrom(argv);
    const entries = await collectInputs(argv['inputs'] as string[]);
    if (argv['dry-run'] === true) return dryRun(entries, settings);
    // A key that is none is said now, not after the last photo.
    const key = typeof argv['sign'] === 'string' ? await readSigningKey(argv['sign']) : undefined;
    return treat(entries, settings, argv['out'] as string, key);
  },
};

async function dryRun(entries: readonly SourceEntry[], settings: ProcessSettings): Promise<number> {
  const toolbox = await composeToolbox();
  let refused = 0;
  for (const entry of entries) {
    const result = await previewEntry(entry, settings, toolbox);
    if ('error' in result) refused++;
    process.stdout.write(describeInspection(entry.display, result));
  }
  process.stdout.write(`${entries.length} photos, ${refused} would be refused. Nothing was written.\n`);
  return refused > 0 ? EXIT.needsAttention : EXIT.allCleared;
}

async function treat(
  entries: readonly SourceEntry[],
  settings: ProcessSettings,
  folder: string,
  key?: KeyObject,
): Promise<number> {
  const output = await Output.open(folder, entries, settingsHash(settings));
  const interruption = listenForInterruption();
  const progress = new Progress(entries.length, process.stderr);
  try {
    const toolbox = await composeToolbox();
    const complete = await runBatch(entries, settings, toolbox, output, {
      signal: interruption.signal,
      onStep: (step) => {
        progress.step(step);
      },
    }).finally(() => {
      progress.end();
    });
    const summary = await output.finish(!complete, key);
    process.stdout.write(describeSummary(summary, output.folder));
    if (!complete) {
      process.stderr.write('Stopped. Every finished photo is kept; give the same command again to go on.\n');
      return EXIT.runFailed;
    }
    return summary.cleared === summary.photos ? EXIT.allCleared : EXIT.needsAttention;
  } finally {
    interruption.end();
    await output.close();
  }
}

function describeSummary({ photos, cleared, review, refused }: Summary, folder: string): string {
  const lines = [
    `${photos} photos: ${cleared} cleared, ${review} to review, ${refused} refused`,
    `  report   ${join(folder, 'report.html')}`,
    ...(cleared > 0 ? [`  cleared  ${join(folder, 'cleared')}`] : []),
    ...(review > 0 ? [`  review   ${join(folder, 'review')}: look at each before you share it`] : []),
    `Delete ${join(folder, '.state')} before you share the folder: it holds the photos' old names.`,
  ];
  return `${lines.join('\n')}\n`;
}

/** The first Ctrl-C finishes the photo in work, the second ends at once; both leave a folder that can go on. */
function listenForInterruption() {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(EXIT.runFailed);
    process.stderr.write('\nStopping after this photo; once more to stop at once.\n');
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    signal: controller.signal,
    end: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
