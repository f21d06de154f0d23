import * as z from 'zod/mini';
import { count, listOf, none } from '../../../core/finding.js';
import { PLACES } from '../../../core/place.js';
import { declareCheck } from '../../contract.js';

export const UNCOVERED_TEXT = declareCheck({
  id: 'uncovered-text',
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
    'uncovered-text/read': z.strictObject({ lines: count, places: listOf(z.enum(PLACES)) }),
    /** Something like lines of writing, which the witness sees and nobody can read. */
    'uncovered-text/strokes': z.strictObject({ rows: count, places: listOf(z.enum(PLACES)) }),
    'uncovered-text/none': none,
  },
  words: {
    en: {
      name: 'Text still to be seen',
      factor: 'Text is still to be seen',
      findings: {
        'uncovered-text/read': ({ lines, places }, to) =>
          `Text can be read that was not covered (lines: ${to.number(lines)}), ${to.places(places)}`,
        'uncovered-text/strokes': ({ rows, places }, to) =>
          `Something stands out like writing that is too faint to be read (lines: ${to.number(rows)}), ${to.places(places)}`,
        'uncovered-text/none': 'No text can be read outside what was covered',
      },
    },
    fr: {
      name: 'Texte encore visible',
      factor: 'Du texte est encore visible',
      findings: {
        'uncovered-text/read': ({ lines, places }, to) =>
          `Du texte qui n’a pas été masqué peut être lu (lignes : ${to.number(lines)}), ${to.places(places)}`,
        'uncovered-text/strokes': ({ rows, places }, to) =>
          `Quelque chose ressemble à une écriture trop pâle pour être lue (lignes : ${to.number(rows)}), ${to.places(places)}`,
        'uncovered-text/none': 'Aucun texte ne peut être lu hors de ce qui a été masqué',
      },
    },
  },
});
