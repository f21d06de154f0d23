import * as z from 'zod/mini';
import { count, none } from '../../../core/finding.js';
import { declareCheck } from '../../contract.js';

export const DIMENSIONS_MATCH = declareCheck({
  id: 'dimensions-match',
  consequence: 'refuse',
  mayOverride: false,
  factor: {
    probability: 1,
    basis: 'judgement',
    source: 'what was written is not what was examined',
    hipaa: ['Q'],
    wp216: ['singling out', 'linkability'],
    dicom: [113102],
  },
  findings: {
    'dimensions-match/frames': z.strictObject({ written: count, source: count }),
    'dimensions-match/sizes': z.strictObject({ frames: count }),
    'dimensions-match/same': none,
  },
  words: {
    en: {
      name: 'Size of the written photo',
      factor: 'The written file is not what was examined',
      findings: {
        'dimensions-match/frames': ({ written, source }, to) =>
          `The written file has ${to.number(written)} frames, the source ${to.number(source)}`,
        'dimensions-match/sizes': ({ frames }, to) =>
          `Frames of the written file have another size than in the source (${to.number(frames)})`,
        'dimensions-match/same': 'Frames and sizes are those of the source',
      },
    },
    fr: {
      name: 'Taille de la photo écrite',
      factor: 'Le fichier écrit n’est pas ce qui a été examiné',
      findings: {
        'dimensions-match/frames': ({ written, source }, to) =>
          `Le fichier écrit compte ${to.number(written)} image(s), la source ${to.number(source)}`,
        'dimensions-match/sizes': ({ frames }, to) =>
          `Des images du fichier écrit n’ont pas la taille de la source (${to.number(frames)})`,
        'dimensions-match/same': 'Nombre et taille des images sont ceux de la source',
      },
    },
  },
});
