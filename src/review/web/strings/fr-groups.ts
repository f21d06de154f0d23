import type { enGroups } from './en-groups.js';

/** Ce que dit la page de plusieurs zones d’une même sorte. */
export const frGroups: typeof enGroups = {
  heading: 'Toutes celles d’une sorte',
  name: (kind, count) => `${kind} : ${count}`,
  removeAll: (group) => `Tout retirer, ${group}`,
  removeShort: 'Tout retirer',
  removed: (count) => `${count} retirées. « Annuler » les remet.`,
};
