import { counted } from './counted.js';
import type { TerminalWords } from './terminal-en.js';

/** Ce que les commandes affichent, en français. */
export const terminalFr: TerminalWords = {
  notes: {
    'ledger-repaired': () =>
      'Une interruption avait coupé la dernière ligne du registre ; il est réparé, et sa photo est traitée de nouveau.',
    'ledger-set-aside': (count) =>
      `${count} lignes à la fin du registre n’étaient pas valables ; elles sont dans .state/set-aside, et leurs photos sont traitées de nouveau.`,
    'photos-set-aside': (count) =>
      `${count} photos qu’aucune ligne valable ne connaît ont été retirées du dossier ; elles sont dans .state/set-aside.`,
    'folders-unlisted': (count) =>
      `${count} dossiers ne peuvent pas être parcourus : ce qu’ils contiennent n’est pas traité. Donnez-vous le droit de les lire, puis relancez la même commande.`,
    'keep-files-stray': (count) =>
      `${count} fichiers de zones à garder n’appartiennent à aucune photo et ne servent pas : celui de rash.jpg s’appelle rash.jpg.keep.json.`,
    'files-beside-photos': (count) =>
      `${count === 1 ? '1 autre fichier se trouve' : `${count} autres fichiers se trouvent`} à côté des photos. De tels fichiers (métadonnées d’autres logiciels, notes, aperçus) contiennent souvent des noms et des lieux : ils ne sont pas copiés, et restent où ils sont.`,
    'beside-not-used': (count) =>
      `À côté de ${count} photos se trouve un fichier de zones ou une légende qui n’en est pas, et n’a pas servi : « notUsed » dans le registre dit lequel.`,
    'keep-outside': (count) =>
      `Dans ${count} photos, une zone à garder est hors de la photo et ne garde rien : « keepOutside » dans le registre et le rapport disent dans lesquelles.`,
    withdrawn: (count) =>
      `${count === 1 ? '1 photo a été remplacée' : `${count} photos ont été remplacées`} dans le dossier : ce qui avait été fait de la précédente a été retiré de la sortie et se trouve dans .state/withdrawn. Là où cela a déjà été partagé, cela le reste.`,
    unfinished: (count) =>
      `${count === 1 ? '1 fichier a été laissé' : `${count} fichiers ont été laissés`} de côté : un nom qui commence par un point, ou finit par .part, .crdownload, .download ou .tmp, dit que ce n’est pas terminé.`,
    stopping: () => 'Arrêt après les photos en cours ; encore une fois pour arrêter tout de suite.',
    stopped: () => 'Arrêté. Chaque photo terminée est gardée ; relancez la même commande pour continuer.',
    'summary-not-written': () =>
      'Le bilan et les rapports n’ont pas pu être écrits : ceux du dossier de sortie, s’il y en a, sont d’un état antérieur.',
    'worker-started': () => 'En attente de photos.',
    'worker-stopped': () => 'Arrêté. Aucune photo n’est plus en cours ici.',
    'no-worker': () =>
      'Aucun « worker » : les photos attendent que « image-deid worker » soit lancé quelque part.',
    'queue-open': () =>
      'La connexion à la file d’attente n’est pas chiffrée : les chemins des photos peuvent être lus en route.',
    'queue-lost': () => 'La file d’attente est injoignable ; nouveaux essais jusqu’à ce qu’elle réponde.',
    'queue-back': () => 'La file d’attente répond de nouveau.',
  },
  looking: 'Recherche des photos.',
  refused: (file, why) => `refusée  ${file} : ${why}`,
  failed: (sentence) => `image-deid : ${sentence}`,
  tryHelp: 'Essayez : image-deid --help',
  progress: {
    photos: (done, total) => `${done}${total === undefined ? '' : ` sur ${total}`} photos : `,
    cleared: (count) => `${count} ${count > 1 ? 'validées' : 'validée'}`,
    review: (count) => `${count} à regarder`,
    refused: (count) => `${count} ${count > 1 ? 'refusées' : 'refusée'}`,
    known: (count) => `${count} déjà ${count > 1 ? 'faites' : 'faite'}`,
    changed: (count) => `${count} ${count > 1 ? 'modifiées' : 'modifiée'} depuis`,
    left: (time) => `reste ${time}`,
  },
  summary: {
    photos: (photos, cleared, review, refused, beside) =>
      `${photos} photos : ${cleared} ${cleared > 1 ? 'validées' : 'validée'}, ${review} à regarder, ${refused} ${refused > 1 ? 'refusées' : 'refusée'}${beside > 0 ? ` ; ${beside} ${beside > 1 ? 'fichiers à côté d’elles sont restés' : 'fichier à côté d’elles est resté'} sur place` : ''}`,
    report: (path) => `  rapport     ${path}`,
    cleared: (path) => `  validées    ${path}`,
    review: (path) => `  à regarder  ${path} : regardez chacune avant de la partager`,
    why: (path) => `  pourquoi    ${path} : à ne pas partager`,
    look: (count, command) =>
      `  ouvrir      ${count} ${count > 1 ? 'photos' : 'photo'} à regarder : ${command}`,
    names: (command) => `  noms        quel fichier est devenu quelle photo : ${command}`,
    share:
      'Avant de partager le dossier, copiez-le et lancez « image-deid verify COPIE --clean » : .state contient les anciens noms des photos.',
    dryRun: (photos, refused) =>
      `${photos} photos, dont ${refused} ${refused > 1 ? 'seraient refusées' : 'serait refusée'}. Rien n’a été écrit.`,
  },
  inspection: {
    refused: (why, code) => `refusée : ${why} (${code})`,
    size: (format, width, height, frames) =>
      `${format}, ${width} × ${height} pixels${frames > 1 ? `, ${frames} images` : ''}`,
    noMetadata: 'métadonnées : rien qui identifie',
    metadata: (group, count) => `métadonnées : ${group} (${count})`,
    covered: (what) => `serait masqué : ${what}`,
    nothing: 'rien',
    features: (what) => `sans visage autour : ${what} (masqué avec --extent wide)`,
    text: (what) => `le texte ressemble à : ${what}`,
    textStays: (count) => `texte qui reste : ${count}`,
    notExamined: (why) => `non examiné : ${why}`,
    riskBefore: (risk) => `risque avant : ${risk}`,
  },
  things: {
    face: counted('visage', 'visages'),
    tattoo: counted('tatouage', 'tatouages'),
    text: counted('texte', 'textes'),
    code: counted('code', 'codes'),
    eye: counted('œil', 'yeux'),
    nose: counted('nez', 'nez'),
    mouth: counted('bouche', 'bouches'),
    ear: counted('oreille', 'oreilles'),
    name: counted('nom', 'noms'),
    date: counted('date', 'dates'),
    phone: counted('téléphone', 'téléphones'),
    email: counted('adresse électronique', 'adresses électroniques'),
    identifier: counted('identifiant', 'identifiants'),
    address: counted('adresse', 'adresses'),
    number: counted('nombre', 'nombres'),
    other: counted('autre', 'autres'),
  },
  groups: {
    place: 'lieu (position GPS, noms de lieux)',
    time: 'date et heure (prise ou modification de la photo)',
    device: 'appareil (appareil photo ou téléphone, objectif, numéros de série)',
    person: 'personne (noms de propriétaires, d’auteurs, de personnes montrées)',
    software: 'logiciel (avec lequel la photo a été faite ou retouchée)',
    preview: 'aperçu (une petite copie de la photo, peut-être d’avant une retouche)',
    'hidden-image': 'image cachée (autres images, cartes de profondeur ou de gain, vidéo)',
    provenance: 'historique (identifiants, origine signée)',
    'colour-profile': 'profil de couleur (peut nommer un appareil ou son fabricant)',
    comment: 'commentaire (texte libre)',
    trailing: 'données ajoutées (octets après la fin de l’image)',
    other: 'autre (illisible, ou de sens inconnu)',
  },
  verify: {
    removed: (file) => `supprimé  ${file}`,
    writtenAnew: (file) => `réécrit  ${file}`,
    nothingRemoved: 'Rien n’a été supprimé : le registre ou son résumé n’est pas valable.',
    failed: (file, problem) => `ÉCHEC  ${file} : ${problem}`,
    unproven: (file, problem) => `NON PROUVÉ  ${file} : ${problem}`,
    private: (file) => `PRIVÉ  ${file} : à ne pas partager`,
    note: (file, problem) => `note  ${file} : ${problem}`,
    counts: (photos, records, run, problems) =>
      `${photos} photos, ${records} lignes${run === undefined ? '' : `, traitement ${run}`} : ${problems === 0 ? 'tout est comme le registre le dit' : `${problems} problèmes`}`,
    signed: 'Signé ; --public-key CLE.pub dit par qui.',
    signedWithKey: 'Signé avec cette clé.',
    adopted: (upTo) =>
      `Les lignes jusqu’à ${upTo} ont été reprises sans signature par la personne qui a signé.`,
    notAsked: 'La question du partage n’a pas été posée (--private).',
    mayNot: 'Il ne doit pas être partagé : voyez ce qui est nommé ci-dessus.',
    leaveReview: (photos) => ` Laissez review/ de côté, sauf si ses ${photos} photos doivent aussi partir.`,
    gone: (files) => `ceci aura disparu : ${files}`,
    attributes: (files) => `les attributs de ceci auront disparu : ${files}`,
    mayWhen: (parts) =>
      `Il pourra être partagé quand ${parts.join(', et quand ')}. « verify --clean » le fait.`,
    may: 'Il peut être partagé tel quel.',
    attributesUnknown:
      ' Impossible de savoir sur cette machine si ses fichiers portent des attributs ; « verify --clean » n’en laisse aucun.',
  },
  doctor: {
    threads: (count) => `fils       ${count}`,
    coreDumps: (left) =>
      `mémoire    ${
        {
          system: 'laissée au système : un plantage n’en écrit rien, sauf s’il l’a demandé',
          nothing: 'un plantage ne laisse rien d’une photo',
          photos: 'un plantage peut laisser des photos sur le disque',
          'photos-without-proc': 'un plantage peut laisser des photos sur le disque : il n’y a pas de /proc',
        }[left]
      }`,
    pixels: (libraries) => `pixels     ${libraries}`,
    format: (title, extension) =>
      `format     ${title} : ${extension === undefined ? 'lu ; écrit en JPEG' : `lu et écrit en .${extension}`}`,
    model: (id, licence, doubt) =>
      `modèle     ${id} : ${licence}${doubt === undefined ? '' : ` (licence incertaine, voir models/${id}/README.md)`}`,
    loaded: (id, engine) => `chargé     ${id} avec ${engine}`,
    missing: (name, kind) =>
      `manque     aucun modèle pour ${name} : les photos sont à regarder, ou --attest no-${kind}`,
    allLoad: 'Tous les modèles fournis se chargent et ont la bonne empreinte.',
    failed: (sentence) => `ÉCHEC      ${sentence}`,
  },
  status: (waiting, active, done, failed, workers, jobs) =>
    [
      `en attente  ${waiting}`,
      `en cours    ${active}`,
      `terminées   ${done}, à publier par « enqueue »`,
      `en échec    ${failed}`,
      `workers     ${workers}, pour ${jobs} photos à la fois`,
    ].join('\n'),
  keygen: {
    secret: 'secrète ; qui la possède peut signer à votre place',
    public: 'à donner à qui contrôle vos traitements, par un autre chemin que les photos',
  },
  names: {
    columns: { source: 'source', output: 'résultat', outcome: 'décision', reason: 'raison' },
    outcomes: { cleared: 'validée', review: 'à regarder', refused: 'refusée' },
    decided: (who, why) => `décidé par ${who ?? 'une personne'}${why === undefined ? '' : ` : ${why}`}`,
    none: 'Aucune photo n’a encore de ligne.',
  },
  review: {
    opened:
      'Seule cette machine peut l’ouvrir, et une seule fois. Ctrl-C arrête la page et oublie toutes les photos.',
    again: 'Une nouvelle adresse : la dernière a servi, et chacune ne vaut que pour une page.',
  },
};
