import * as z from 'zod/mini';
import { count, listOf, none } from '../../../core/finding.js';
import { PLACES } from '../../../core/place.js';
import { declareCheck } from '../../contract.js';

export const LEGIBLE_CODE = declareCheck({
  id: 'legible-code',
  consequence: 'review',
  mayOverride: true,
  factor: {
    probability: 1,
    basis: 'judgement',
    source: 'codes are made to identify',
    hipaa: ['H', 'R'],
    wp216: ['singling out', 'linkability'],
    dicom: [113101],
  },
  findings: {
    'legible-code/read': z.strictObject({ codes: count, places: listOf(z.enum(PLACES)) }),
    'legible-code/none': none,
  },
  words: {
    en: {
      name: 'Code still legible',
      factor: 'A code can still be read',
      findings: {
        'legible-code/read': ({ codes, places }, to) =>
          `${codes === 1 ? 'A code' : `${to.number(codes)} codes`} can still be read, ${to.places(places)}`,
        'legible-code/none': 'No code can be read',
      },
    },
    fr: {
      name: 'Code encore lisible',
      factor: 'Un code peut encore être lu',
      findings: {
        'legible-code/read': ({ codes, places }, to) =>
          `${codes === 1 ? 'Un code peut encore être lu' : `${to.number(codes)} codes peuvent encore être lus`}, ${to.places(places)}`,
        'legible-code/none': 'Aucun code ne peut être lu',
      },
    },
  },
});
