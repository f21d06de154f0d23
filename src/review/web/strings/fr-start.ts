import type { enStart } from './en-start.js';

/** Ce que dit la page avant qu’une photo soit ouverte. */
export const frStart: typeof enStart = {
  heading: 'Préparer une photo de peau d’un patient pour la partager',
  intro: 'Déposez-la, regardez ce qui sera masqué, et enregistrez ce qui peut être montré.',
  drop: 'Déposez une photo ici',
  or: 'ou',
  choose: 'Choisir une photo',
  formats: (mib) => `JPEG, PNG, HEIC, WebP, TIFF, AVIF ou GIF, jusqu’à ${mib} Mo`,
  privacy:
    'Rien ne quitte cet ordinateur : la photo n’est gardée qu’en mémoire, et oubliée quand vous fermez cette page.',
  phone: 'Une photo sur votre téléphone ? Comment l’amener ici sans nuage',
  phoneWays: [
    'Par câble : déverrouillez le téléphone, autorisez cet ordinateur à voir ses photos, et copiez la photo.',
    'À proximité : AirDrop d’un iPhone vers un Mac, Quick Share d’un téléphone Android vers Windows. Gardez les deux côte à côte jusqu’à la fin : hors de portée, AirDrop peut continuer par Internet. Si Quick Share demande comment utiliser les données, choisissez sans Internet.',
    'Par carte mémoire : si le téléphone en a une, mettez-la dans le lecteur de cet ordinateur.',
    'Pas par courriel, messagerie ou dossier synchronisé : ils gardent une copie ailleurs. Un téléphone qui sauvegarde ses photos dans un nuage y a mis celle-ci aussi.',
  ],
  opening: 'Ouverture de la photo…',
  onlyOne: 'Une photo à la fois : la première a été ouverte.',
  toQueue: 'Revenir à la file de relecture',
};
