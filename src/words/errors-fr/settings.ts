import type { CLI_ERRORS } from '../../core/error-tables/cli.js';
import type {
  EXPECTED_WORDS,
  FIELD_WORDS,
  RECEIVED_WORDS,
  WRONG_VALUE,
} from '../../core/error-tables/settings.js';
import type { ValuesOf } from '../../core/error-tables/table.js';
import type { WordsOf } from '../../core/finding.js';

const quoted = (words: readonly string[], joint: string) => {
  const all = words.map((word) => `« ${word} »`);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} ${joint} ${all.at(-1) ?? ''}`;
};
const rangeOf = ({ least, most }: { readonly least: number; readonly most?: number | undefined }) =>
  most === undefined ? `à partir de ${least}` : `de ${least} à ${most}`;

/** La ligne de commande. */
export const cliFr: WordsOf<ValuesOf<typeof CLI_ERRORS>> = {
  'error/usage/command-line': ({ said }) => said,
  'error/usage/caption-file': 'Le fichier de --caption ne peut pas être lu',
  'error/usage/caption-file-why': ({ why }, to) =>
    `Le fichier de --caption ne peut pas être lu : ${to.say(why)}`,
  'error/usage/config-file': 'Le fichier de --config ne peut pas être lu comme JSON',
  'error/usage/watched-folder': 'Il faut un dossier à surveiller, et il n’y en a pas de ce nom',
};

/** La phrase sur une valeur qui ne peut pas être juste, et ses parties. */
export const settingsFr: WordsOf<
  ValuesOf<typeof WRONG_VALUE & typeof FIELD_WORDS & typeof EXPECTED_WORDS & typeof RECEIVED_WORDS>
> = {
  'error/usage/wrong-value': ({ field, expected, received, meant }, to) =>
    `Pour ${to.say(field)}, il faut ${to.say(expected)}, et non ${to.say(received)}${meant === undefined ? '' : ` ; vouliez-vous dire « ${meant} » ?`}`,
  'field/named': ({ name }) => name,
  'field/in-config': ({ name }) => `« ${name} » du fichier de --config`,
  'field/settings': 'les réglages',
  'field/each-of-settings': 'chacun des réglages',
  'field/options': 'les options',
  'field/each-of-options': 'chacune des options',
  'field/request': 'la demande',
  'field/each-of-request': 'chaque partie de la demande',
  'field/config': 'le fichier de --config',
  'field/each-in-config': 'chaque nom du fichier de --config',
  'expected/one-of': ({ words }) => quoted(words, 'ou'),
  'expected/any-of': ({ words }) => `une ou plusieurs valeurs parmi ${quoted(words, 'et')}`,
  'expected/one-name-of': ({ words }) => `un nom parmi ${words.join(', ')}`,
  'expected/object': 'un objet JSON',
  'expected/true-or-false': 'true ou false',
  'expected/given-once': 'ne donner l’option qu’une fois',
  'expected/whole': (range) => `un nombre entier ${rangeOf(range)}`,
  'expected/whole-bytes': (range) => `un nombre entier d’octets ${rangeOf(range)}`,
  'expected/whole-pixels': (range) =>
    `un nombre entier de pixels ${rangeOf(range)}, largeur × hauteur × vues`,
  'expected/whole-frames': (range) => `un nombre entier de vues ${rangeOf(range)}`,
  'expected/whole-seconds': (range) => `un nombre entier de secondes ${rangeOf(range)}`,
  'expected/whole-mebibytes': (range) => `un nombre entier de Mio ${rangeOf(range)}`,
  'expected/seconds': (range) => `un nombre de secondes ${rangeOf(range)}`,
  'expected/seconds-above-0': 'un nombre de secondes supérieur à 0',
  'expected/risk': 'un nombre supérieur à 0, et 1 au plus',
  'expected/risk-at-most': ({ most, destination }) =>
    `au plus ${most}, ce que « ${destination} » accepte (pour davantage, choisissez une autre destination)`,
  'expected/regions':
    'des zones x,y,width,height en pixels de la photo redressée, x et y à partir de 0, largeur et hauteur supérieures à 0',
  'expected/patterns': 'des expressions régulières',
  'expected/mentions': ({ words }) =>
    `ce qui a été trouvé dans la légende, chaque fois avec sa classe, ${quoted(words, 'ou')}, et sa ligne à partir de 1`,
  'expected/shapes': 'des formes avec un identifiant, des sortes et un polygone',
  'expected/text': ({ most }) => `un texte d’au plus ${most} caractères`,
  'expected/folder': 'un dossier',
  'expected/file': 'un fichier',
  'expected/text-file': 'un fichier texte',
  'expected/inputs': 'des fichiers, dossiers ou motifs (globs)',
  'expected/address': 'une adresse',
  'expected/port': 'un port, ou HOST:PORT',
  'expected/prefix': 'une adresse comme s3://BUCKET/PREFIX',
  'received/value': ({ value }) => value,
  'received/nothing': 'rien',
  'received/text': ({ length }) => `un texte de ${length} caractères`,
  'received/list': ({ length }) => `une liste de ${length}`,
  'received/object': 'un objet',
  'received/type': ({ type }) =>
    ({
      number: 'un nombre',
      boolean: 'une valeur vraie ou fausse',
      bigint: 'un grand entier',
      symbol: 'un symbole',
      function: 'une fonction',
    })[type],
};
