import * as z from 'zod/mini';
import { count, listOf, none } from '../../../core/finding.js';
import { PLACES } from '../../../core/place.js';
import { declareCheck } from '../../contract.js';

export const UNCOVERED_FACE = declareCheck({
  id: 'uncovered-face',
  consequence: 'review',
  mayOverride: true,
  factor: {
    probability: 1,
    basis: 'literature',
    source: 'full-face photographs are identifiers: 45 CFR 164.514(b)(2)(i)(Q)',
    hipaa: ['Q'],
    wp216: ['singling out', 'linkability'],
    dicom: [113102],
  },
  findings: {
    'uncovered-face/seen': z.strictObject({ faces: count, places: listOf(z.enum(PLACES)) }),
    'uncovered-face/none': none,
  },
  words: {
    en: {
      name: 'Face still to be seen',
      factor: 'A face is still to be seen',
      findings: {
        'uncovered-face/seen': ({ faces, places }, to) =>
          `${faces === 1 ? 'A face' : `${to.number(faces)} faces`} can still be seen, ${to.places(places)}`,
        'uncovered-face/none': 'No face can be seen outside what was covered',
      },
    },
    fr: {
      name: 'Visage encore visible',
      factor: 'Un visage est encore visible',
      findings: {
        'uncovered-face/seen': ({ faces, places }, to) =>
          `${faces === 1 ? 'Un visage est encore visible' : `${to.number(faces)} visages sont encore visibles`}, ${to.places(places)}`,
        'uncovered-face/none': 'Aucun visage n’est visible hors de ce qui a été masqué',
      },
    },
  },
});
