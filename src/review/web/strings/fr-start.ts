import type { enStart } from './en-start.js';

/** Ce que dit la page avant qu’une photo soit ouverte. */
export const frStart: typeof enStart = {
  heading: 'Préparer une photo de peau d’un patient pour la partager',
  intro: 'Déposez-la, regardez ce qui sera masqué, et enregistrez ce qui peut être montré.',
  drop: 'Déposez une ou plusieurs photos ici',
  or: 'ou',
  choose: 'Choisir des photos',
  formats: (mib) => `JPEG, PNG, HEIC, WebP, TIFF, AVIF ou GIF, jusqu’à ${mib} Mo`,
  privacy:
    'Rien ne quitte cet ordinateur : la photo n’est gardée qu’en mémoire, et oubliée quand vous fermez cette page.',
  opening: 'Ouverture de la photo…',
  toQueue: 'Revenir à la file de relecture',
};
