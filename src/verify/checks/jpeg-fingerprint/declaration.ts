import * as z from 'zod/mini';
import { listOf, none, word } from '../../../core/finding.js';
import { declareCheck } from '../../contract.js';

export const JPEG_FINGERPRINT = declareCheck({
  id: 'jpeg-fingerprint',
  consequence: 'refuse',
  mayOverride: false,
  factor: {
    probability: 0.3,
    basis: 'judgement',
    source: 'tables tell camera models apart: Farid 2008, Digital image ballistics from JPEG quantization',
    hipaa: ['M'],
    wp216: ['linkability'],
    dicom: [113100],
  },
  findings: {
    'jpeg-fingerprint/no-settings': none,
    'jpeg-fingerprint/unreadable': none,
    'jpeg-fingerprint/usual': none,
    /** `settings`: the names that `encoderSettings` gives them. */
    'jpeg-fingerprint/different': z.strictObject({ settings: listOf(word) }),
  },
  words: {
    en: {
      name: 'Traces of the camera in the file format',
      factor: 'The file still bears traces of its camera',
      findings: {
        'jpeg-fingerprint/no-settings': 'The format of the file carries no settings of an encoder',
        'jpeg-fingerprint/unreadable': 'The settings of the encoder cannot be read from the file',
        'jpeg-fingerprint/usual': 'The encoder was set as for any photo',
        'jpeg-fingerprint/different': ({ settings }) =>
          `The encoder was not set as for any photo: ${settings.join(', ')}`,
      },
    },
    fr: {
      name: 'Traces de l’appareil dans le format du fichier',
      factor: 'Le fichier porte encore des traces de l’appareil',
      findings: {
        'jpeg-fingerprint/no-settings': 'Le format du fichier ne porte aucun réglage d’encodeur',
        'jpeg-fingerprint/unreadable': 'Les réglages de l’encodeur ne peuvent pas être lus dans le fichier',
        'jpeg-fingerprint/usual': 'L’encodeur était réglé comme pour toute photo',
        'jpeg-fingerprint/different': ({ settings }) =>
          `L’encodeur n’était pas réglé comme pour toute photo : ${settings.join(', ')}`,
      },
    },
  },
});
