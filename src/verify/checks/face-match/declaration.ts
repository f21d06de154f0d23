import * as z from 'zod/mini';
import { count, listOf, none } from '../../../core/finding.js';
import { PLACES } from '../../../core/place.js';
import { declareCheck } from '../../contract.js';

export const FACE_MATCH = declareCheck({
  id: 'face-match',
  consequence: 'review',
  mayOverride: true,
  factor: {
    probability: 1,
    basis: 'measured',
    source: 'docs/face-matching.md: npm run calibrate',
    hipaa: ['Q'],
    wp216: ['singling out', 'linkability'],
    dicom: [113102],
  },
  findings: {
    'face-match/no-face': none,
    /** `rest`: faces too small, turned away or hidden to be compared. */
    'face-match/not-recognised': z.strictObject({ compared: count, rest: count }),
    'face-match/recognised': z.strictObject({
      matched: count,
      compared: count,
      rest: count,
      places: listOf(z.enum(PLACES)),
    }),
  },
  words: {
    en: {
      name: 'Match of a covered face',
      factor: 'A covered face can be matched',
      findings: {
        'face-match/no-face': 'There was no face to match',
        'face-match/not-recognised': ({ compared, rest }, to) =>
          `None of ${to.number(compared)} faces is recognised${restEn(rest)}`,
        'face-match/recognised': ({ matched, compared, rest, places }, to) =>
          `${to.number(matched)} of ${to.number(compared)} faces can be recognised, ${to.places(places)}${restEn(rest)}`,
      },
    },
    fr: {
      name: 'Rapprochement d’un visage masqué',
      factor: 'Un visage masqué peut être rapproché d’un autre',
      findings: {
        'face-match/no-face': 'Il n’y avait aucun visage à rapprocher',
        'face-match/not-recognised': ({ compared, rest }, to) =>
          `Aucun visage n’est reconnu (comparés : ${to.number(compared)})${restFr(rest)}`,
        'face-match/recognised': ({ matched, compared, rest, places }, to) =>
          `Visages masqués encore reconnaissables : ${to.number(matched)} sur ${to.number(compared)}, ${to.places(places)}${restFr(rest)}`,
      },
    },
  },
});

function restEn(rest: number): string {
  return rest === 0 ? '' : `; ${rest} too small, turned or hidden to be compared`;
}

function restFr(rest: number): string {
  return rest === 0 ? '' : ` ; trop petits, tournés ou cachés pour être comparés : ${rest}`;
}
