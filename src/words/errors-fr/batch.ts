import type { BATCH_ERRORS, QUEUE_ERRORS, REVIEW_ERRORS } from '../../core/error-tables/batch.js';
import type { ValuesOf } from '../../core/error-tables/table.js';
import type { WordsOf } from '../../core/finding.js';

/** Les processus, et ce que personne n’attendait. */
export const batchFr: WordsOf<ValuesOf<typeof BATCH_ERRORS>> = {
  'error/internal/unexpected': ({ stage }) => `Une erreur inattendue s’est produite à l’étape « ${stage} »`,
  'error/internal/no-checks': 'Il faut au moins un contrôle, et il n’y en a aucun',
  'error/engine-unavailable/slow-process': ({ seconds }) =>
    `Un processus pour les photos ne démarre pas en ${seconds} s ; essayez --jobs 1`,
  'error/engine-unavailable/process': ({ exit }) =>
    `Un processus pour les photos s’arrête à son démarrage (${exit}) ; essayez --jobs 1`,
  'error/timeout/photo': ({ seconds }) => `La photo a pris plus de ${seconds} s`,
  'error/out-of-memory/photo': ({ most }) => `La photo a pris plus de ${most} Mio de mémoire`,
  'error/worker-crashed/process': 'Le processus qui traitait la photo s’est arrêté brutalement',
};

/** Les autres machines. */
export const queueFr: WordsOf<ValuesOf<typeof QUEUE_ERRORS>> = {
  'error/worker-crashed/lost': 'Les workers qui traitaient la photo ont disparu, l’un après l’autre',
  'error/worker-crashed/not-right': 'Ce que les workers disent de la photo ne peut pas être juste',
  'error/usage/queue-address':
    'Il faut une adresse comme redis://host:6379 ou rediss://host:6379 pour la file d’attente',
  'error/usage/no-queue': ({ variable }) => `Il faut --redis URL, ou la variable d’environnement ${variable}`,
  'error/queue-unavailable/eviction':
    'La file d’attente peut perdre des photos quand sa mémoire est pleine ; réglez sa maxmemory-policy sur noeviction',
  'error/queue-unavailable/too-old': ({ oldest }) =>
    `Le serveur de la file d’attente est trop ancien ; il faut Redis ${oldest} ou plus récent, ou Valkey`,
  'error/queue-unavailable/password': 'La file d’attente n’accepte pas cet utilisateur et ce mot de passe',
  'error/queue-unavailable/rights': 'La file d’attente donne trop peu de droits à cet utilisateur',
  'error/queue-unavailable/certificate': ({ code }) =>
    `Le certificat du serveur de la file d’attente n’est pas digne de confiance (${code}) ; une autorité à vous se nomme avec NODE_EXTRA_CA_CERTS`,
  'error/queue-unavailable/no-answer': ({ code }) =>
    `La file d’attente est injoignable${code === '' ? '' : ` (${code})`} ; son serveur tourne-t-il, et l’adresse est-elle juste ?`,
  'error/queue-unavailable/not-understood': ({ version }) =>
    `Les workers et ce traitement ne se comprennent pas ; tous doivent être image-deid ${version}`,
  'error/queue-unavailable/other-version': ({ version }) =>
    `La file d’attente contient un traitement d’une autre version d’image-deid que celle de ce worker, ${version} ; installez la même`,
  'error/input-gone/unseen':
    'Les workers ne peuvent pas lire des photos que cette machine peut lire ; donnez-leur les mêmes montages et droits, et relancez la même commande',
  'error/input-gone/not-mounted':
    'Le dossier des photos n’est pas sur cette machine ; montez-le au même chemin que là où « enqueue » tourne',
  'error/usage/metrics': 'Il faut un port après --metrics, ou HOST:PORT',
  'error/usage/metrics-port': ({ code }) => `Le port de --metrics ne peut pas être ouvert (${code})`,
  'error/output-unwritable/not-mounted':
    'Cette machine ne voit pas le dossier de sortie d’un traitement de la file ; montez-le au même chemin, ou donnez à « enqueue » un --exchange',
  'error/output-unwritable/exchange':
    'Le traitement remet ses fichiers d’une façon que cette version ne connaît pas',
  'error/usage/storage-address': 'Il faut une adresse comme s3://bucket/prefix',
  'error/usage/storage-package': ({ package: name }) =>
    `Pour des adresses s3:// il faut aussi le paquet facultatif ${name} : npm install ${name}`,
  'error/output-unwritable/storage': ({ answer }) =>
    `Le stockage d’objets de --exchange ne peut pas servir (${answer}) ; vérifiez son adresse, ses identifiants et son bucket`,
  'error/output-unwritable/storage-silent':
    'Le stockage d’objets de --exchange ne peut pas servir (pas de réponse) ; vérifiez son adresse, ses identifiants et son bucket',
  'error/usage/no-objects': 'Il n’y a aucun objet sous une adresse s3:// qui a été nommée',
  'error/input-gone/storage': ({ answer }) =>
    `Le stockage d’objets des photos ne peut pas être lu (${answer}) ; vérifiez son adresse, ses identifiants et son bucket`,
  'error/input-gone/storage-silent':
    'Le stockage d’objets des photos ne peut pas être lu (pas de réponse) ; vérifiez son adresse, ses identifiants et son bucket',
};

/** La page locale. */
export const reviewFr: WordsOf<ValuesOf<typeof REVIEW_ERRORS>> = {
  'error/malformed/no-picture': 'La photo ne contient pas d’image',
  'error/unsupported-format/pages':
    'Un fichier de plusieurs pages ne peut pas être modifié ici ; utilisez « image-deid run »',
  'error/internal/no-picture': 'La photo écrite ne contient pas d’image',
  'error/internal/not-held': 'La photo n’est pas ouverte',
  'error/engine-unavailable/desk': 'Le processus pour les photos ne démarre pas',
  'error/usage/port': ({ port }) =>
    `Le port ${port} ne peut pas servir ; choisissez un autre --port, ou n’en donnez pas`,
};
