import * as z from 'zod/mini';
import { listOf, none } from '../../../core/finding.js';
import { PLACES } from '../../../core/place.js';
import { declareCheck } from '../../contract.js';

export const UNCOVERED_TATTOO = declareCheck({
  id: 'uncovered-tattoo',
  consequence: 'review',
  mayOverride: true,
  factor: {
    probability: 0.5,
    basis: 'literature',
    source: 'as when seen: NISTIR 8078',
    hipaa: ['R'],
    wp216: ['singling out', 'linkability'],
    dicom: [113102],
  },
  findings: {
    'uncovered-tattoo/seen': z.strictObject({ places: listOf(z.enum(PLACES)) }),
    'uncovered-tattoo/none': none,
  },
  words: {
    en: {
      name: 'Tattoo still to be seen',
      factor: 'A tattoo is still to be seen',
      findings: {
        'uncovered-tattoo/seen': ({ places }, to) => `A tattoo can still be seen, ${to.places(places)}`,
        'uncovered-tattoo/none': 'No tattoo can be seen outside what was covered',
      },
    },
    fr: {
      name: 'Tatouage encore visible',
      factor: 'Un tatouage est encore visible',
      findings: {
        'uncovered-tattoo/seen': ({ places }, to) => `Un tatouage est encore visible, ${to.places(places)}`,
        'uncovered-tattoo/none': 'Aucun tatouage n’est visible hors de ce qui a été masqué',
      },
    },
  },
});
