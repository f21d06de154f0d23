import { ENCODING_FINDINGS } from '../../../core/findings.js';
import { declareCheck } from '../../contract.js';

export const ENCODING_PROOF = declareCheck({
  id: 'encoding-proof',
  consequence: 'refuse',
  mayOverride: false,
  factor: {
    probability: 1,
    basis: 'judgement',
    source: 'what does not follow from the picture may hold anything',
    hipaa: ['A', 'B', 'C', 'M', 'R'],
    wp216: ['singling out', 'linkability'],
    dicom: [113100],
  },
  findings: ENCODING_FINDINGS,
  words: {
    en: {
      name: 'Something hidden in how the picture is written',
      factor: 'Something may be hidden in how the picture is written',
      findings: {
        'encoding-proof/foreign-format': ({ format }) =>
          `${format.toUpperCase()} files are not written by this tool`,
        'encoding-proof/same-bytes': 'Writing its picture again gives the same bytes',
        'encoding-proof/other-bytes':
          'The file is not as this tool writes it: writing its picture again gives other bytes',
        'encoding-proof/not-rewritable': ({ code }) =>
          `The file is not as this tool writes it: its picture cannot be written again (${code})`,
        'encoding-proof/no-answer': ({ code }) =>
          `Whether anything hides in the encoding could not be told: the file could not be written again (${code})`,
        'encoding-proof/other-versions': ({ versions }) =>
          `Whether anything hides in the encoding can only be told with the versions that wrote it (${versions})`,
        'encoding-proof/versions-unknown':
          'Whether anything hides in the encoding can only be told with the versions that wrote it (its record does not name them)',
      },
    },
    fr: {
      name: 'Contenu caché dans l’encodage de l’image',
      factor: 'L’encodage de l’image peut cacher quelque chose',
      findings: {
        'encoding-proof/foreign-format': ({ format }) =>
          `Cet outil n’écrit pas de fichiers ${format.toUpperCase()}`,
        'encoding-proof/same-bytes': 'Réécrire l’image donne exactement les mêmes octets',
        'encoding-proof/other-bytes':
          'Le fichier n’est pas tel que cet outil l’écrit : réécrire l’image donne d’autres octets',
        'encoding-proof/not-rewritable': ({ code }) =>
          `Le fichier n’est pas tel que cet outil l’écrit : l’image ne peut pas être réécrite (${code})`,
        'encoding-proof/no-answer': ({ code }) =>
          `Impossible de savoir si l’encodage cache quelque chose : le fichier n’a pas pu être réécrit (${code})`,
        'encoding-proof/other-versions': ({ versions }) =>
          `Seules les versions qui ont écrit le fichier permettent de savoir si l’encodage cache quelque chose (${versions})`,
        'encoding-proof/versions-unknown':
          'Seules les versions qui ont écrit le fichier permettent de savoir si l’encodage cache quelque chose (le registre ne les nomme pas)',
      },
    },
  },
});
