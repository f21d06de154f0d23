import type { SOURCE_ERRORS } from '../../core/error-tables/source.js';
import type { ValuesOf } from '../../core/error-tables/table.js';
import type { WordsOf } from '../../core/finding.js';

/** Les photos et ce qui les accompagne, quand elles sont cherchées et lues. */
export const sourceFr: WordsOf<ValuesOf<typeof SOURCE_ERRORS>> = {
  'error/usage/no-files': ({ unlisted, besidePhotos }) =>
    `Il n’y a ${besidePhotos > 0 ? `pas de photo dans ce qui a été nommé, seulement des fichiers qui accompagnent des photos : ${besidePhotos}` : 'aucun fichier dans ce qui a été nommé'}${unlisted > 0 ? `, et ${unlisted} de ses dossiers ne peuvent pas être listés` : ''}`,
  'error/usage/no-such-input': ({ input }) => `Il n’y a ni fichier ni dossier ${input}`,
  'error/usage/stored-input': ({ input }) =>
    `Il n’y a ni fichier ni dossier ${input} : seul « image-deid enqueue » lit un stockage d’objets`,
  'error/usage/no-match': ({ input }) => `Aucun fichier ne correspond à ${input}`,
  'error/usage/unlisted-folder': 'Un dossier qui a été nommé ne peut pas être listé',
  'error/empty-file/read': 'Le fichier est vide',
  'error/too-large/file': ({ most }) => `Le fichier fait plus de ${most} octets`,
  'error/too-large/object': ({ most }) => `L’objet fait plus de ${most} octets`,
  'error/too-large/caption': ({ most }) => `La légende fait plus de ${most} octets`,
  'error/malformed/caption': 'La légende n’est pas un texte',
  'error/changed-while-reading/file': 'Le fichier a changé pendant sa lecture',
  'error/changed-while-reading/object': 'L’objet a changé depuis qu’il a été listé',
  'error/not-a-regular-file/other': 'Ce n’est pas un fichier ordinaire',
  'error/not-a-regular-file/circle': 'Un lien symbolique tourne en rond',
  'error/outside-input/link': 'Un lien symbolique mène hors du dossier des photos',
  'error/unreadable/file': 'Le fichier ne peut pas être lu',
  'error/unreadable/object': 'L’objet ne peut pas être lu',
  'error/input-gone/folder': 'Le dossier des photos n’est plus là ; remettez-le et relancez la même commande',
  'error/input-gone/watched': 'Le dossier surveillé n’est plus là ; remettez-le et relancez la même commande',
};
