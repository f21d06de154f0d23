import type { PUBLISH_ERRORS } from '../../core/error-tables/publish.js';
import type { ValuesOf } from '../../core/error-tables/table.js';
import type { WordsOf } from '../../core/finding.js';

const FORGED = 'quelqu’un a modifié le dossier, ou une autre clé l’a signé. Rien n’a été traité ni signé';

/** Le dossier de sortie, son registre, sa signature, et ce qu’une personne décide de ses photos. */
export const publishFr: WordsOf<ValuesOf<typeof PUBLISH_ERRORS>> = {
  'error/usage/unsigned-records': ({ records }) =>
    `${records} lignes du registre n’ont jamais été signées ; si vous savez qu’elles sont bien de ce traitement, donnez --sign avec --adopt-unsigned`,
  'error/signature-broken/summary': `La signature du dossier n’est pas celle de son résumé et de cette clé : ${FORGED}`,
  'error/signature-broken/unreadable': `La signature du dossier ne peut pas être lue : ${FORGED}`,
  'error/signature-broken/ledger': `Le registre n’est pas celui qui a été signé : ${FORGED}`,
  'error/unclean-output/staged-other':
    'La photo terminée n’est pas celle qui a été contrôlée : elle a été jetée',
  'error/unclean-output/staged-format': 'La photo terminée n’est pas de son format : elle a été jetée',
  'error/unclean-output/staged-view':
    'Une vignette de la photo terminée contient plus que des pixels : la photo a été jetée',
  'error/unclean-output/staged-parts': 'La photo terminée contient plus que des pixels : elle a été jetée',
  'error/unclean-output/staged-unreadable': 'La photo terminée ne peut pas être lue : elle a été jetée',
  'error/unclean-output/staged-no-file': 'La photo terminée n’est pas un fichier : elle a été jetée',
  'error/ledger-broken/chain': ({ line }) =>
    `La chaîne du registre est rompue à la ligne ${line} ; « run --repair » avec les mêmes options met la suite de côté et traite ses photos à nouveau`,
  'error/ledger-broken/other-version': ({ record }) =>
    `La ligne ${record} du registre est d’un genre que cette version ne connaît pas ; rien n’en a été fait`,
  'error/ledger-broken/foreign': ({ record }) =>
    `La ligne ${record} du registre n’est pas de celles que cet outil écrit ; rien n’en a été fait`,
  'error/ledger-broken/names': ({ line }) =>
    `La ligne ${line} de la liste privée des noms n’est pas de celles que cet outil écrit ; rien n’en a été fait`,
  'error/ledger-broken/unnamed': ({ record }) =>
    `La liste privée des noms ne dit pas de quel fichier parle la ligne ${record} du registre ; rien n’en a été fait`,
  'error/output-locked/lost':
    'Ce traitement n’a pas donné signe de vie pendant une minute, et un autre a repris son dossier de sortie ; il s’arrête ici, et ce qu’il avait terminé est gardé',
  'error/output-locked/taken':
    'Un autre traitement utilise ce dossier de sortie ; attendez-le ou choisissez un autre --out',
  'error/disk-full/output': 'Il n’y a plus de place pour la sortie ; libérez-en et relancez la même commande',
  'error/output-unwritable/system': ({ code }) =>
    `Le dossier de sortie ne peut pas être écrit${code ? ` (${code})` : ''} ; rien n’a été écrasé`,
  'error/output-unwritable/is-file':
    'Le dossier de sortie, ou un dossier au-dessus, est un fichier ; rien n’a été écrit',
  'error/output-unwritable/unreadable': 'Le dossier de sortie ne peut pas être lu ; rien n’a été écrit',
  'error/output-unwritable/changed':
    'Une photo terminée n’est plus celle qui a été contrôlée ; le stockage n’est pas fiable',
  'error/output-inside-input/output':
    'Le dossier de sortie est dans celui des photos ; choisissez un --out à côté. Rien n’a été écrit',
  'error/output-inside-input/input':
    'Des photos sont dans le dossier de sortie ; choisissez un --out à côté. Rien n’a été écrit',
  'error/output-not-empty/no-run':
    'Le dossier de sortie n’est pas vide et ne contient pas de traitement à continuer ; choisissez un autre --out. Rien n’a été écrit',
  'error/usage/other-settings':
    'Le dossier de sortie contient un traitement avec d’autres réglages ; redonnez les mêmes options, ou choisissez un autre --out',
  'error/usage/not-reviewable':
    'Le dossier n’est pas le --out d’un traitement avec son .state ; seul un tel dossier peut être regardé',
  'error/usage/no-names':
    'Le dossier n’est pas le --out d’un traitement avec son .state ; c’est là seulement qu’il est écrit quelle photo vient de quel fichier',
  'error/usage/names-unreadable':
    'La liste privée des noms ne peut pas être lue ; seul le propriétaire du .state du traitement le peut',
  'error/usage/no-such-photo': 'Aucune photo de ce numéro n’est à regarder',
  'error/unclean-output/changed': 'La photo du dossier n’est pas celle qui a été contrôlée',
  'error/unclean-output/not-clean': ({ why }, to) => `La photo n’est plus propre : ${to.say(why)}`,
  'error/decided/meanwhile': 'Quelqu’un d’autre a décidé de cette photo entre-temps',
  'error/decided/already': 'Quelqu’un a déjà décidé de cette photo',
  'error/not-cleared/photo': 'La photo n’a pas été validée',
  'error/not-cleared/laxer-than-run':
    'La photo est pour une destination qui accepte plus que celle du lot : il faut une raison',
  'error/not-cleared/no-reason': 'La photo n’a pas été validée, et aucune raison n’y suffit',
  'error/not-cleared/not-shown': ({ shown, sheets }) =>
    `La photo a plusieurs images ou pages, et seules ${shown} vues sur ${sheets} ont été regardées`,
  'error/usage/state-gone':
    'Les réglages privés du traitement ont disparu ou sont abîmés ; sans sa clé il ne peut pas continuer',
  'error/usage/key-exists':
    'Un fichier de ce nom existe, et une clé n’est jamais écrasée ; choisissez un autre nom',
  'error/usage/signing-key':
    'La clé ne peut pas être lue ; --sign prend le fichier que « image-deid keygen » a écrit',
  'error/usage/public-key':
    'La clé ne peut pas être lue ; --public-key prend le fichier .pub que « image-deid keygen » a écrit',
  'error/usage/signing-key-type': ({ type }) =>
    `Il faut une clé Ed25519, et celle-ci est de type ${type} ; --sign prend le fichier que « image-deid keygen » a écrit`,
  'error/usage/public-key-type': ({ type }) =>
    `Il faut une clé Ed25519, et celle-ci est de type ${type} ; --public-key prend le fichier .pub que « image-deid keygen » a écrit`,
  'error/usage/no-ledger':
    'Le dossier ne contient pas de ledger.jsonl lisible ; donnez le --out d’un traitement',
  'error/internal/nothing-staged': 'Aucune photo n’est prête à publier',
};
