import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import { composeToolbox } from '../../compose.js';
import { asImageDeidError } from '../../core/errors.js';
import { VERSION } from '../../core/version.js';
import { FORMATS } from '../../formats/index.js';
import { describeTfEngines } from '../../models/tf-engine.js';
import { readManifest } from '../../models/model-store.js';
import { EXIT } from '../exit-codes.js';
import type { Command } from '../command.js';
import { describeCoreDumps } from '../no-core-dump.js';

/** `image-deid doctor`: proves that engines, models and formats work here. */
export const doctorCommand: Command = {
  usage: 'doctor',
  description: 'Check engines, models, formats and threads on this machine',
  build: (argv) => argv,
  run: async () => {
    const print = (line: string) => process.stdout.write(`${line}\n`);
    print(`image-deid ${VERSION}, Node ${process.versions.node}, ${process.platform}-${process.arch}`);
    print(`threads    ${availableParallelism()}`);
    print(`core dumps ${describeCoreDumps()}`);
    print(`pixels     sharp ${sharp.versions.sharp ?? '?'}, libvips ${sharp.versions.vips}`);
    for (const attempt of await describeTfEngines()) {
      print(`engine     ${attempt.id}: ${attempt.chosen ? 'in use' : 'not in use'} — ${attempt.reason}`);
    }
    for (const format of FORMATS) {
      const use = format.encode ? `read and written as .${format.extension}` : 'read; written as JPEG';
      print(`format     ${format.title}: ${use}`);
    }
    for (const { id, files, licence, licenceDoubt } of await readManifest()) {
      print(`model      ${id}: ${licence}${licenceDoubt ? ` (${licenceDoubt})` : ''}`);
      for (const { sha256 } of files) print(`           sha256 ${sha256}`);
    }
    try {
      const { models, detectors } = await composeToolbox();
      for (const { id, engine } of models) print(`loaded     ${id} on ${engine}`);
      for (const { kind, models } of detectors) {
        if (models.length === 0)
          print(`missing    no model for ${kind}: photos need review or --attest no-${kind}`);
      }
      print('All bundled models load and match their hashes.');
      return EXIT.allCleared;
    } catch (error) {
      print(`FAILED     ${asImageDeidError(error, 'models').message}`);
      return EXIT.runFailed;
    }
  },
};
