import type { Vocabulary } from './contract.js';
import { findingsEn } from './findings-en.js';
import { KIND_NAMES } from './names.js';

export const en: Vocabulary = {
  findings: findingsEn,
  kinds: KIND_NAMES.en,
  places: {
    'top-left': 'at the upper left',
    'top-centre': 'at the top',
    'top-right': 'at the upper right',
    'middle-left': 'at the left',
    'middle-centre': 'in the middle',
    'middle-right': 'at the right',
    'bottom-left': 'at the lower left',
    'bottom-centre': 'at the bottom',
    'bottom-right': 'at the lower right',
  },
  unknown: (id) => `Something that this version has no words for (${id})`,
};
