import * as z from 'zod/mini';
import { count, listOf, none } from '../../../core/finding.js';
import { PLACES } from '../../../core/place.js';
import { declareCheck } from '../../contract.js';

export const LEGIBLE_TEXT = declareCheck({
  id: 'legible-text',
  consequence: 'review',
  mayOverride: true,
  factor: {
    probability: 1,
    basis: 'judgement',
    source: 'what can be read may be a name',
    hipaa: ['A', 'C', 'D', 'F', 'H', 'R'],
    wp216: ['singling out', 'linkability', 'inference'],
    dicom: [113101],
  },
  findings: {
    'legible-text/no-text': none,
    /** There were more lines than the check reads. */
    'legible-text/not-all-read': z.strictObject({ read: count, lines: count }),
    'legible-text/none': z.strictObject({ lines: count }),
    'legible-text/read': z.strictObject({ read: count, lines: count, places: listOf(z.enum(PLACES)) }),
  },
  words: {
    en: {
      name: 'Text still legible',
      factor: 'Text can still be read',
      findings: {
        'legible-text/no-text': 'There was no text to read again',
        'legible-text/not-all-read': ({ read, lines }, to) =>
          `Only ${to.number(read)} of ${to.number(lines)} lines of text that were covered were read again`,
        'legible-text/none': ({ lines }, to) =>
          `No text that was covered can be read (lines: ${to.number(lines)})`,
        'legible-text/read': ({ read, lines, places }, to) =>
          `Text that was covered can still be read (${to.number(read)} of ${to.number(lines)} lines), ${to.places(places)}`,
      },
    },
    fr: {
      name: 'Texte encore lisible',
      factor: 'Du texte peut encore être lu',
      findings: {
        'legible-text/no-text': 'Il n’y avait aucun texte à relire',
        'legible-text/not-all-read': ({ read, lines }, to) =>
          `Seules ${to.number(read)} lignes de texte masquées sur ${to.number(lines)} ont été relues`,
        'legible-text/none': ({ lines }, to) =>
          `Aucun texte masqué ne peut être lu (lignes : ${to.number(lines)})`,
        'legible-text/read': ({ read, lines, places }, to) =>
          `Du texte masqué peut encore être lu (lignes : ${to.number(read)} sur ${to.number(lines)}), ${to.places(places)}`,
      },
    },
  },
});
