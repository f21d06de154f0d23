import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import { composeToolbox } from '../../compose.js';
import { asImageDeidError } from '../../core/errors.js';
import { VERSION } from '../../core/version.js';
import { FORMATS } from '../../formats/index.js';
import { readManifest } from '../../models/model-store.js';
import { speakerOf } from '../../words/index.js';
import { EXIT } from '../exit-codes.js';
import type { Command } from '../command.js';
import { languageOf } from '../language.js';
import { coreDumpsLeave } from '../no-core-dump.js';
import { wordsOf } from '../words-of.js';

/** `image-deid doctor`: proves that engines, models and formats work here. */
export const doctorCommand: Command = {
  usage: 'doctor',
  build: (argv) => argv,
  run: async (argv) => {
    const words = wordsOf(argv).doctor;
    const to = speakerOf(languageOf(argv));
    const print = (line: string) => process.stdout.write(`${line}\n`);
    print(`image-deid ${VERSION}, Node ${process.versions.node}, ${process.platform}-${process.arch}`);
    print(words.threads(availableParallelism()));
    print(words.coreDumps(coreDumpsLeave()));
    print(words.pixels(`sharp ${sharp.versions.sharp ?? '?'}, libvips ${sharp.versions.vips}`));
    for (const format of FORMATS) {
      print(words.format(format.title, format.encode ? format.extension : undefined));
    }
    for (const { id, files, licence, licenceDoubt } of await readManifest()) {
      print(words.model(id, licence, licenceDoubt));
      for (const { sha256 } of files) print(`           sha256 ${sha256}`);
    }
    try {
      const { models, detectors } = await composeToolbox();
      for (const { id, engine } of models) print(words.loaded(id, engine));
      for (const { kind, models } of detectors) {
        if (models.length === 0) print(words.missing(to.kind(kind), kind));
      }
      print(words.allLoad);
      return EXIT.allCleared;
    } catch (error) {
      print(words.failed(to.say(asImageDeidError(error, 'models').finding)));
      return EXIT.runFailed;
    }
  },
};
