import type { Vocabulary } from './contract.js';
import { findingsFr } from './findings-fr.js';
import { KIND_NAMES } from './names.js';

export const fr: Vocabulary = {
  findings: findingsFr,
  kinds: KIND_NAMES.fr,
  places: {
    'top-left': 'en haut à gauche',
    'top-centre': 'en haut',
    'top-right': 'en haut à droite',
    'middle-left': 'à gauche',
    'middle-centre': 'au milieu',
    'middle-right': 'à droite',
    'bottom-left': 'en bas à gauche',
    'bottom-centre': 'en bas',
    'bottom-right': 'en bas à droite',
  },
  unknown: (id) => `Un point pour lequel cette version n’a pas de mots (${id})`,
};
