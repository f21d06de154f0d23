import * as z from 'zod/mini';
import { count, none } from '../../../core/finding.js';
import { declareCheck } from '../../contract.js';

export const PIXELS_UNDER_REDACTIONS = declareCheck({
  id: 'pixels-under-redactions',
  consequence: 'refuse',
  mayOverride: false,
  factor: {
    probability: 1,
    basis: 'literature',
    source: 'what depends on a face identifies it: McPherson, Shokri and Shmatikov 2016, arXiv 1609.00408',
    hipaa: ['Q'],
    wp216: ['singling out', 'linkability'],
    dicom: [113102],
  },
  findings: {
    'pixels-under-redactions/lists-differ': none,
    'pixels-under-redactions/sizes-differ': none,
    'pixels-under-redactions/shows-through': z.strictObject({ leaking: count, regions: count }),
    /** `plain`: regions without any detail to compare. */
    'pixels-under-redactions/nothing-left': z.strictObject({ regions: count, plain: count }),
  },
  words: {
    en: {
      name: 'Traces of what was covered',
      factor: 'What was covered still shows through',
      findings: {
        'pixels-under-redactions/lists-differ':
          'What was covered could not be compared with the source: there are not as many lists of regions as frames',
        'pixels-under-redactions/sizes-differ':
          'What was covered could not be compared with the source: the frames differ in size',
        'pixels-under-redactions/shows-through': ({ leaking, regions }, to) =>
          `The source still shows through in ${to.number(leaking)} of ${to.number(regions)} covered regions`,
        'pixels-under-redactions/nothing-left': ({ regions, plain }, to) =>
          `Nothing of the source shows through (covered regions: ${to.number(regions)}; without any detail to compare: ${to.number(plain)})`,
      },
    },
    fr: {
      name: 'Traces de ce qui a été masqué',
      factor: 'Ce qui a été masqué transparaît encore',
      findings: {
        'pixels-under-redactions/lists-differ':
          'Les zones masquées n’ont pas pu être comparées à la source : il n’y a pas autant de listes de zones que d’images',
        'pixels-under-redactions/sizes-differ':
          'Les zones masquées n’ont pas pu être comparées à la source : les images n’ont pas la même taille',
        'pixels-under-redactions/shows-through': ({ leaking, regions }, to) =>
          `La source transparaît encore dans ${to.number(leaking)} zone(s) masquée(s) sur ${to.number(regions)}`,
        'pixels-under-redactions/nothing-left': ({ regions, plain }, to) =>
          `Rien de la source ne transparaît (zones masquées : ${to.number(regions)} ; sans détail à comparer : ${to.number(plain)})`,
      },
    },
  },
});
