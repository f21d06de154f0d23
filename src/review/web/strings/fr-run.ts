import type { enRun } from './en-run.js';

/** Ce que dit la page du lot auquel appartient une photo. */
export const frRun: typeof enRun = {
  limits: (destination, most) =>
    `Le lot était destiné à : ${destination}. Au plus ${most} est accepté pour cela.`,
  isExceeded: (destination) =>
    `Pour « ${destination} », on accepte plus : pour laisser sortir la photo, il faudra donner une raison, qui est enregistrée.`,
  laxerTitle: 'Le lot n’était pas pour ce public',
  laxer: (run, most, destination) =>
    `Le lot était destiné à : ${run}, où au plus ${most} est accepté. Vous avez choisi : ${destination}, où l’on accepte plus.`,
  laxerHint: (run) => `Choisissez de nouveau « ${run} » si la photo doit aller où vont les autres du lot.`,
  badge: (destination) => `Seulement pour : ${destination}`,
};
