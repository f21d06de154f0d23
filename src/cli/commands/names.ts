import { csvLine } from '../../core/csv.js';
import { namedPhotos, type NamedPhoto } from '../../publish/index.js';
import { displayName } from '../../source/index.js';
import { speakerOf, type TerminalWords } from '../../words/index.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { languageOf } from '../language.js';
import { addFields, flag, FOLDER, path, readFields, readPositional } from '../option-fields.js';
import { tableOf } from '../table.js';
import { wordsOf } from '../words-of.js';

const FIELDS = { csv: flag(), json: flag() };
const RUN = { schema: path, expected: FOLDER };
const SCHEMA = 'image-deid/names@1';
/** For programs, and so the same in every language. */
const CSV_COLUMNS = ['source', 'output', 'outcome', 'reason'];
/** What JSON leaves as it is and a terminal acts on. */
const ODD = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** `image-deid names`: says which file became which photo. */
export const namesCommand: Command = {
  usage: 'names <folder>',
  build: (argv, help) => {
    const { folder, examples } = help.commands.names;
    const withFolder = argv.positional('folder', { describe: folder, type: 'string', demandOption: true });
    return addFields(withFolder, FIELDS, help.options.names, help)
      .conflicts('csv', 'json')
      .example('$0 names out/', examples.plain)
      .example('$0 names out/ --csv > names.csv', examples.csv);
  },
  run: async (argv) => {
    const { csv, json } = readFields(argv, FIELDS);
    const photos = await namedPhotos(readPositional(argv, 'folder', RUN));
    const words = wordsOf(argv).names;
    const to = speakerOf(languageOf(argv));
    const reasonOf = ({ reasons, decision }: NamedPhoto) =>
      [
        ...reasons.map((reason) => to.say(reason)),
        ...(decision ? [words.decided(decision.reviewer, decision.reason)] : []),
      ].join('; ');
    const print = (text: string) => process.stdout.write(text);
    if (json) for (const photo of photos) print(jsonLine(photo, reasonOf(photo)));
    else if (csv) {
      print(csvLine(CSV_COLUMNS));
      for (const photo of photos) {
        print(csvLine([textOf(photo.source), photo.output ?? '', photo.outcome, reasonOf(photo)]));
      }
    } else print(table(photos, words, reasonOf));
    return EXIT.allCleared;
  },
};

/** A path as text; one that is not UTF-8 as it is displayed. */
function textOf(source: Buffer): string {
  const text = source.toString('utf8');
  return Buffer.from(text).equals(source) ? text : displayName(source);
}

function jsonLine({ source, ...photo }: NamedPhoto, reason: string): string {
  const text = source.toString('utf8');
  const line = JSON.stringify({
    schema: SCHEMA,
    source: textOf(source),
    ...(!Buffer.from(text).equals(source) && { sourceBytes: source.toString('base64') }),
    ...photo,
    reason,
  });
  return `${line.replace(ODD, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

function table(
  photos: readonly NamedPhoto[],
  { columns, outcomes, none }: TerminalWords['names'],
  reasonOf: (photo: NamedPhoto) => string,
): string {
  if (photos.length === 0) return `${none}\n`;
  return tableOf(
    [columns.source, columns.output, columns.outcome, columns.reason],
    photos.map((photo) => [
      displayName(photo.source),
      photo.output ?? '-',
      outcomes[photo.outcome],
      displayName(Buffer.from(reasonOf(photo))),
    ]),
  );
}
