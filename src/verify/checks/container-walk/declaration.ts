import * as z from 'zod/mini';
import { count, listOf, none, word } from '../../../core/finding.js';
import { declareCheck } from '../../contract.js';

export const CONTAINER_WALK = declareCheck({
  id: 'container-walk',
  consequence: 'refuse',
  mayOverride: false,
  factor: {
    probability: 1,
    basis: 'literature',
    source: 'a part that may hold an identifier is left: 45 CFR 164.514(b)(2)(i)',
    hipaa: ['A', 'B', 'C', 'M', 'R'],
    wp216: ['singling out', 'linkability'],
    dicom: [113100],
  },
  findings: {
    'container-walk/other-format': none,
    /** `names`: of the first ten parts. */
    'container-walk/parts-left': z.strictObject({ parts: count, names: listOf(word) }),
    'container-walk/bytes-unclaimed': z.strictObject({ walked: count, bytes: count }),
    'container-walk/clean': z.strictObject({ parts: count }),
  },
  words: {
    en: {
      name: 'Parts left in the file',
      factor: 'The written file holds parts it should not',
      findings: {
        'container-walk/other-format': 'The file is not of its format',
        'container-walk/parts-left': ({ parts, names }, to) =>
          `The file holds ${to.number(parts)} ${parts === 1 ? 'part' : 'parts'} that a clean file may not hold: ${names.join(', ')}`,
        'container-walk/bytes-unclaimed': ({ walked, bytes }, to) =>
          `The parts of the file account for ${to.number(walked)} of ${to.number(bytes)} bytes`,
        'container-walk/clean': ({ parts }, to) =>
          `All ${to.number(parts)} parts of the file are on the allow-list`,
      },
    },
    fr: {
      name: 'Parties laissées dans le fichier',
      factor: 'Le fichier écrit contient des parties de trop',
      findings: {
        'container-walk/other-format': 'Le fichier n’est pas du format annoncé',
        'container-walk/parts-left': ({ parts, names }, to) =>
          `Le fichier contient ${to.number(parts)} ${parts > 1 ? 'parties' : 'partie'} qu’un fichier propre ne peut pas contenir : ${names.join(', ')}`,
        'container-walk/bytes-unclaimed': ({ walked, bytes }, to) =>
          `Les parties du fichier expliquent ${to.number(walked)} octets sur ${to.number(bytes)}`,
        'container-walk/clean': ({ parts }, to) =>
          `Les ${to.number(parts)} parties du fichier sont toutes autorisées`,
      },
    },
  },
});
