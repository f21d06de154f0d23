import * as z from 'zod/mini';
import { count, listOf, none, word } from '../../../core/finding.js';
import { declareCheck } from '../../contract.js';

export const METADATA_REREAD = declareCheck({
  id: 'metadata-reread',
  consequence: 'refuse',
  mayOverride: false,
  factor: {
    probability: 1,
    basis: 'literature',
    source: 'identifying metadata is left: 45 CFR 164.514(b)(2)(i)',
    hipaa: ['A', 'B', 'C', 'M', 'R'],
    wp216: ['singling out', 'linkability'],
    dicom: [113100],
  },
  findings: {
    'metadata-reread/clean': none,
    /** `parts`: the places and groups of the first ten entries. */
    'metadata-reread/left': z.strictObject({ entries: count, parts: listOf(word) }),
  },
  words: {
    en: {
      name: 'Metadata left in the file',
      factor: 'The written file holds metadata',
      findings: {
        'metadata-reread/clean': 'No identifying metadata could be read',
        'metadata-reread/left': ({ entries, parts }, to) =>
          `Identifying metadata is left (${to.number(entries)}): ${parts.join(', ')}`,
      },
    },
    fr: {
      name: 'Métadonnées laissées dans le fichier',
      factor: 'Le fichier écrit contient des métadonnées',
      findings: {
        'metadata-reread/clean': 'Aucune métadonnée identifiante n’a pu être lue',
        'metadata-reread/left': ({ entries, parts }, to) =>
          `Il reste des métadonnées identifiantes (${to.number(entries)}) : ${parts.join(', ')}`,
      },
    },
  },
});
