import type { WordsOf } from '../core/finding.js';
import type { VERIFY_FINDINGS } from '../core/findings.js';

/** Ce que « verify » trouve dans un dossier, en français. */
export const verifyFr: WordsOf<typeof VERIFY_FINDINGS> = {
  'verify/fewer-records': ({ records, expected }) =>
    `Il compte ${records} lignes, et non ${expected} ou plus : un état antérieur a été remis`,
  'verify/folder-unreadable': 'Le dossier ne peut pas être lu',
  'verify/unknown-file': 'Le registre ne connaît pas ce fichier',
  'verify/system-file': 'Appartient au système ; rien du traitement',
  'verify/attributes': ({ names }) => `Porte des attributs qui voyagent avec une copie : ${names.join(', ')}`,
  'verify/review-absent': ({ photos }) =>
    `Les ${photos} photos qu’une personne doit regarder ne sont pas dans cette copie`,
  'verify/not-a-file': ({ kind }) =>
    ({ folder: 'C’est un dossier', link: 'C’est un lien', other: 'Ce n’est pas un fichier ordinaire' })[kind],
  'verify/too-large': 'Le fichier est plus grand qu’il ne peut l’être',
  'verify/unreadable': 'Le fichier ne peut pas être lu',
  'verify/record-foreign': ({ record }) =>
    `La ligne ${record} du registre n’est pas de celles que cet outil écrit ; rien n’en a été fait`,
  'verify/record-contradicts': ({ record }) =>
    `La ligne ${record} se contredit : seul ce qui n’a pas été refusé nomme une photo`,
  'verify/chain-broken': ({ line }) => `La chaîne est rompue à la ligne ${line} ; la suite n’a pas été lue`,
  'verify/line-torn': 'La dernière ligne est incomplète ; relancez la même commande',
  'verify/missing': 'Le fichier manque',
  'verify/other-file':
    'Le fichier n’est pas celui qui a été contrôlé (son SHA-256 n’est pas celui du registre)',
  'verify/no-summary': 'Sans lui, rien ne montre si la fin du registre a été coupée',
  'verify/not-a-summary': 'Le fichier n’est pas un résumé tel que cet outil l’écrit',
  'verify/unsigned': 'Le traitement n’est pas signé',
  'verify/wrong-signature': 'La signature n’est pas celle de ce résumé et de cette clé',
  'verify/other-ledger': 'Le registre n’est pas celui que summary.json décrit',
  'verify/other-counts': 'Ses nombres ne sont pas ceux du registre',
  'verify/no-report': 'N’est pas dans cette copie, ou pas en entier',
  'verify/report-not-vouched': 'Le résumé ne le garantit pas : le traitement est d’une version antérieure',
  'verify/other-report': 'Ce n’est pas celui qui a été écrit avec le résumé',
};
