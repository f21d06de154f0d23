import type { PLAIN_ERRORS } from '../../core/error-tables/plain.js';
import type { ValuesOf } from '../../core/error-tables/table.js';
import type { WordsOf } from '../../core/finding.js';

/** De chaque code d’erreur la phrase simple, en français. */
export const plainFr: WordsOf<ValuesOf<typeof PLAIN_ERRORS>> = {
  'error/empty-file': 'Le fichier est vide',
  'error/too-large': 'Le fichier est trop grand',
  'error/too-many-pixels': 'La photo a trop de pixels',
  'error/too-many-frames': 'Le fichier contient trop d’images',
  'error/not-an-image': 'Ce n’est pas une photo',
  'error/unsupported-format': 'Ce type d’image ne peut pas être lu',
  'error/not-a-regular-file': 'Ce n’est pas un fichier ordinaire',
  'error/outside-input': 'Un lien symbolique mène hors du dossier des photos',
  'error/unreadable': 'Le fichier ne peut pas être lu',
  'error/changed-while-reading': 'Le fichier a changé pendant sa lecture',
  'error/truncated': 'Le fichier n’est pas complet : une partie de la photo manque',
  'error/malformed': 'Le fichier est abîmé',
  'error/decode-failed': 'La photo n’a pas pu être lue',
  'error/timeout': 'C’était trop long et a été arrêté',
  'error/worker-crashed': 'La photo a arrêté l’outil',
  'error/out-of-memory': 'La photo demande plus de mémoire qu’il n’y en a',
  'error/detector-failed': 'La photo n’a pas pu être examinée',
  'error/encode-failed': 'La photo n’a pas pu être écrite',
  'error/unclean-output': 'La photo écrite n’était pas propre : elle a été jetée',
  'error/usage': 'La commande ou ses options ne sont pas correctes',
  'error/output-not-empty':
    'Le dossier de sortie n’est pas vide et ne contient pas de traitement avec ces réglages',
  'error/output-inside-input': 'Le dossier de sortie et celui des photos sont l’un dans l’autre',
  'error/output-locked': 'Un autre traitement utilise ce dossier',
  'error/output-unwritable': 'Le dossier ne peut pas être écrit',
  'error/disk-full': 'Le disque est plein',
  'error/input-gone': 'Les photos ne sont plus là',
  'error/queue-unavailable': 'La file d’attente est injoignable',
  'error/not-cleared': 'Elle n’a pas été validée',
  'error/decided': 'Quelqu’un d’autre a décidé',
  'error/ledger-broken': 'Le registre est abîmé : rien ne peut y être ajouté',
  'error/signature-broken': 'La signature du dossier n’est pas valable',
  'error/model-missing': 'Un modèle manque',
  'error/model-mismatch': 'Un modèle n’est pas celui qu’il devrait être',
  'error/engine-unavailable': 'Les réseaux ne peuvent pas fonctionner sur cette machine',
  'error/internal': 'Une erreur s’est produite dans l’outil',
};
