import * as z from 'zod/mini';
import { count, none } from '../../../core/finding.js';
import { declareCheck } from '../../contract.js';

const bits = z.strictObject({ bits: count, of: count });

export const SAME_CROP_HASH = declareCheck({
  id: 'same-crop-hash',
  // It says that the photo can be linked, and only by somebody who has the original itself.
  consequence: 'count',
  mayOverride: true,
  factor: {
    probability: 0.001,
    basis: 'judgement',
    source: 'only who has the very photo finds its copy: Zauner 2010',
    hipaa: ['R'],
    wp216: ['linkability'],
    dicom: [],
  },
  findings: {
    'same-crop-hash/no-frame': none,
    /** How many bits of the two hashes differ. */
    'same-crop-hash/same': bits,
    'same-crop-hash/different': bits,
  },
  words: {
    en: {
      name: 'Search for the original by its picture',
      factor: 'Whoever has the original can find this copy',
      findings: {
        'same-crop-hash/no-frame': 'There is no frame whose perceptual hash could be compared',
        'same-crop-hash/same': ({ bits: differ, of }, to) =>
          `Whoever has the original finds this copy by its perceptual hash (${to.number(differ)} of ${to.number(of)} bits differ)`,
        'same-crop-hash/different': ({ bits: differ, of }, to) =>
          `The perceptual hash is not that of the original (${to.number(differ)} of ${to.number(of)} bits differ)`,
      },
    },
    fr: {
      name: 'Recherche de l’original par son image',
      factor: 'Qui possède l’original peut retrouver cette copie',
      findings: {
        'same-crop-hash/no-frame': 'Il n’y a aucune image dont l’empreinte visuelle puisse être comparée',
        'same-crop-hash/same': ({ bits: differ, of }, to) =>
          `Qui possède l’original retrouve cette copie par son empreinte visuelle (${to.number(differ)} bits sur ${to.number(of)} diffèrent)`,
        'same-crop-hash/different': ({ bits: differ, of }, to) =>
          `L’empreinte visuelle n’est pas celle de l’original (${to.number(differ)} bits sur ${to.number(of)} diffèrent)`,
      },
    },
  },
});
