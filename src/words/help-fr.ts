import type { HelpWords } from './help-en.js';

/** Ce que dit `--help`, en français. */
export const helpFr: HelpWords = {
  usage:
    '$0 <commande>\n\nRend les photos de la peau de patients sûres à partager. Rien ne quitte cette machine, sauf par enqueue et worker : ce qu’ils remettent à vos propres serveurs.',
  exitCodes:
    'Codes de retour : 0 tout est validé, 1 le traitement lui-même a échoué, 2 mauvais usage, 3 des photos sont à regarder ou ont été refusées.',
  noCommand: 'Il manque une commande',
  wrongUsage: 'Mauvais usage',
  meant: (right, wrong) => `Vouliez-vous dire ${right} au lieu de ${wrong} ?`,
  parser: { 'Not enough arguments following: %s': 'Il manque une valeur à --%s' },
  hints: {
    number: '[nombre]',
    choices: (words) => `[choix : ${words}]`,
    default: (value) => `[défaut : ${value}]`,
  },
  queuePassword: (variable) =>
    `Un mot de passe se met dans $${variable}=rediss://USER:PASSWORD@HOST:PORT, pas sur la ligne de commande, que d’autres peuvent lire sur la machine. TLS avec une autorité à vous : NODE_EXTRA_CA_CERTS=ca.pem. Voir docs/queue.md.`,
  commands: {
    run: {
      about: 'Désidentifier des photos vers un dossier : cleared/, review/, report.html et ledger.jsonl',
      inputs: 'Fichiers, dossiers ou motifs (globs)',
      examples: {
        folder: 'Tout un dossier, pour un réseau ouvert',
        keep: 'Ne jamais masquer la lésion',
        attest: 'Vous avez regardé vous-même : aucun tatouage sur aucune photo',
        clinical: 'Pour la télédermatologie : les médecins du patient',
        retry: 'Continuer, et réessayer ce qui a été refusé',
      },
    },
    watch: {
      about: 'Désidentifier les photos à mesure qu’elles arrivent dans un dossier, jusqu’à Ctrl-C',
      folder:
        'Le dossier où les photos arrivent. Une photo est prise quand rien n’y a changé pendant 3 secondes ; les fichiers qui l’accompagnent (PHOTO.keep.json, PHOTO.txt) doivent être là à ce moment',
      examples: { inbox: 'Ce qui est là et ce qui arrive ; la même commande continue plus tard' },
    },
    review: {
      about: 'Ouvrir la page locale : une photo à la fois, ou les photos d’un traitement à regarder',
      folder: 'Le --out d’un traitement terminé ; sans lui, des photos une à une',
      examples: {
        single: 'Déposer une photo, voir ce qui sera caché, enregistrer ce qui peut être partagé',
        folder: 'Décider des photos de out/review',
      },
    },
    enqueue: {
      about:
        'Comme run, mais des processus « worker », sur autant de machines qu’on veut, traitent les photos',
      inputs: 'Fichiers, dossiers ou motifs (globs), ou s3://BUCKET/PREFIX',
      examples: {
        mounted: 'Les workers voient les deux dossiers à ces chemins',
        stored:
          'Les workers ne voient que le stockage d’objets ; AWS_ENDPOINT_URL_S3, AWS_REGION et identifiants viennent de l’environnement',
      },
    },
    worker: {
      about: 'Traiter les photos que « enqueue » a mises dans une file d’attente, jusqu’à l’arrêt',
      examples: {
        plain: 'Autant de photos à la fois que la machine le permet',
        service: 'Comme service ; SIGTERM termine ce qui est en cours',
      },
    },
    status: {
      about: 'Dire combien de photos attendent dans une file, et combien de workers les traitent',
      examples: { plain: 'Seulement des nombres, aucun nom' },
    },
    inspect: {
      about: 'Dire ce que des photos révèlent et ce qui serait masqué ; n’écrit rien',
      files: 'Fichiers, dossiers ou motifs (globs)',
    },
    verify: {
      about:
        'Contrôler à nouveau des photos terminées, et si le dossier peut être partagé : rien que des pixels, inchangées depuis le registre, registre intact, rien d’autre dans le dossier. Code de retour 0, ou 3 et chaque problème nommé',
      dir: 'Le dossier --out d’un traitement',
      examples: {
        plain: 'Avant le départ des photos, ou après leur arrivée',
        clean: 'Rendre une copie propre au partage',
      },
    },
    names: {
      about:
        'Dire quel fichier est devenu quelle photo, fichiers refusés compris, et pourquoi ; il faut .state/, et ce qui s’affiche est aussi privé',
      folder: 'Le --out d’un traitement',
      examples: {
        plain: 'Un tableau : source, résultat, décision, raison',
        csv: 'Pour un tableur ; gardez le fichier aussi privé que .state/',
      },
    },
    keygen: {
      about: 'Créer une clé qui signe les traitements, et la clé publique qui les contrôle (Ed25519)',
      key: 'Fichier de la clé secrète ; l’autre devient CLE.pub',
      examples: { plain: 'Ensuite : run … --sign clinic.key ; verify … --public-key clinic.key.pub' },
    },
    doctor: { about: 'Contrôler les moteurs, modèles, formats et fils d’exécution de cette machine' },
  },
  options: {
    language: { lang: 'Langue de l’affichage et des rapports [défaut : celle de l’environnement]' },
    settings: {
      destination:
        'Qui verra les photos ; fixe le risque qui peut rester, la taille et le format : public (un réseau ouvert, comme Twitter), professional (un réseau fermé de médecins, comme MedPics), clinical (la télédermatologie différée)',
      maxRisk: 'Moins de risque que la destination n’en accepte, de 0 à 1',
      style: 'Comment les zones sont masquées ; aucun masque ne peut être défait',
      extent:
        'Ce qui est masqué ; « wide » : toute la tête avec les cheveux et les oreilles, les traits isolés d’un visage, et plus autour des tatouages, textes et codes',
      faces:
        'Ce qui est masqué d’un visage ; « features » : yeux, nez, bouche, oreilles, ligne des cheveux et contour, et la peau reste là où tous ont été vus avec certitude',
      keep: 'Une zone x,y,width,height qui montre la lésion et n’est pas masquée, en pixels de chaque photo redressée ; peut être répété. Pour une seule photo : un fichier PHOTO.keep.json à côté, {"keep": [[x, y, width, height]]}',
      cropToKeep:
        'Recadrer chaque photo sur ses zones gardées et ce qui les entoure : ce qui n’y est pas ne peut identifier personne',
      allowFaceInKeep:
        'Laisser une zone gardée montrer aussi des traits d’un visage, et pas seulement sa peau ; consigné, et augmente le risque',
      allowText:
        'Une expression régulière : les lignes de texte qu’elle décrit en entier, et qui ont été lues avec certitude, ne sont pas masquées ; peut être répété',
      keepRuler: 'Ne pas masquer les nombres d’une règle posée près de la lésion',
      attestNone:
        'Ce que vous avez vu vous-même : aucune photo n’en montre ; consigné en votre nom ; peut être répété',
      caption:
        'Un fichier texte qui accompagne les photos : les noms, dates, lieux, numéros et contacts qu’il contient sont signalés et comptent dans le risque. Pour une seule photo : un fichier PHOTO.txt à côté',
      outputFormat: 'Écrire ce format [défaut : le format de chaque photo, HEIC en JPEG]',
    },
    config: { config: 'Un fichier JSON avec ces options ; la ligne de commande l’emporte' },
    output: {
      out: 'Dossier de sortie ; doit être nouveau, ou contenir le même traitement, qui continue alors où il s’est arrêté',
      sign: 'Une clé de « keygen » : signe summary.json, et avec lui le registre',
      adoptUnsigned:
        'Signer aussi les lignes qu’aucune signature ne couvre : d’un traitement non signé ou interrompu, ou de décisions prises dans review ; consigné',
      retryRefused: 'Traiter à nouveau ce qu’un traitement antérieur vers le même dossier a refusé',
      repair:
        'Continuer dans un dossier dont le registre est rompu : ce qui n’est pas valable est mis de côté dans .state, et ses photos sont traitées à nouveau',
    },
    log: {
      log: 'Comment l’avancement est écrit sur la sortie d’erreur : pour les personnes, ou un objet JSON par ligne',
    },
    machine: {
      jobs: 'Photos traitées à la fois, chacune dans son processus [défaut : autant que les cœurs et la mémoire le permettent]',
      photoSeconds: 'Une photo qui prend plus de temps est refusée',
      photoMemory: 'Une photo qui prend plus de Mio de mémoire est refusée [défaut : la part d’un processus]',
    },
    queue: {
      redis:
        'La file d’attente : un serveur Redis (7) ou Valkey, redis://HOST:PORT, ou rediss://HOST:PORT pour TLS [défaut : $IMAGE_DEID_REDIS_URL]',
    },
    run: { dryRun: 'Dire ce qui serait fait ; ne rien écrire' },
    enqueue: {
      exchange:
        's3://BUCKET/PREFIX par lequel les workers remettent les photos terminées [défaut : le dossier --out, qu’ils doivent voir au même chemin]',
    },
    worker: {
      metrics:
        'Publier des mesures Prometheus à http://127.0.0.1:PORT/metrics ; HOST:PORT pour une autre adresse',
      lease:
        'Secondes sans signe de vie après lesquelles les photos d’un worker passent à un autre ; les mêmes pour tous',
    },
    status: { json: 'Sous forme d’un objet JSON' },
    inspect: { json: 'Une ligne JSON par fichier' },
    review: {
      port: 'De l’adresse locale (loopback) ; 0 : n’importe lequel de libre',
      open: 'Ouvrir le navigateur ; --no-open affiche seulement l’adresse',
    },
    names: {
      csv: 'En CSV, pour un tableur ; aucune cellule ne commence une formule',
      json: 'Une ligne JSON par photo',
    },
    verify: {
      publicKey: 'Le fichier .pub de « keygen » : le traitement doit être signé avec sa clé',
      expectRecords:
        'Le nombre de lignes qu’un « verify » antérieur a donné : moins de lignes sont un état antérieur, remis en place',
      private: 'Le dossier reste chez vous : ce qu’il a de privé n’est pas une faute',
      clean:
        'Supprimer ce qui ne peut pas être partagé : .state/, le rapport privé, ce que le registre ne connaît pas, les attributs des fichiers. Le traitement ne peut plus continuer ensuite',
    },
  },
};
