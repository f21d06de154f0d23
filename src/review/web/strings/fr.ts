import { REASON_NAMES } from '../../../words/reason-names.js';
import type { Strings } from './en.js';
import { frLooked, frMeaning } from './fr-attest.js';
import { frFrames } from './fr-frames.js';
import { frGroups } from './fr-groups.js';
import { frBulk, frInitials, frQueue } from './fr-queue.js';
import { frRun } from './fr-run.js';
import { frStart } from './fr-start.js';
import { frWork } from './fr-work.js';

/** Tout ce que dit la page, en français. */
export const fr: Strings = {
  product: 'image-deid',
  title: 'Anonymiser une photo',
  local: 'Rien ne quitte cet ordinateur.',
  loading: 'Démarrage…',
  close: 'Fermer',
  cancel: 'Annuler',
  dismiss: 'Fermer le message',
  start: frStart,
  photo: {
    heading: 'Photo',
    quick: 'Examen approfondi…',
    quickHint: 'D’autres contours peuvent encore apparaître.',
    ready: 'Toute la photo a été examinée.',
    another: 'Autre photo',
    toQueue: 'Revenir à la file',
    picture: 'La photo avec les contours de ce qui sera masqué',
    pictureAlt: 'La photo telle qu’elle est',
    resultAlt: 'La photo telle qu’elle sera enregistrée',
    editorHelp:
      'Tab passe d’un contour à l’autre. Les flèches le déplacent, Maj et flèches le redimensionnent, Suppr le retire.',
    tools: 'Outils',
    cover: 'Masquer une zone',
    coverHint: 'Tracez un rectangle sur ce qui doit être masqué.',
    outline: 'Entourer',
    outlineHint: 'Entourez ce qui doit être masqué ; le tracé se ferme tout seul.',
    keep: 'Garder la lésion',
    keepHint: 'Tracez un rectangle autour de la lésion : elle ne sera pas masquée.',
    undo: 'Annuler',
    redo: 'Rétablir',
    zoomIn: 'Agrandir',
    zoomOut: 'Réduire',
    compare: 'Comparer avec l’original',
    compareResult: 'Résultat',
    compareOriginal: 'Original',
    compareValue: (share) => `${share} de l’original affiché`,
    updating: 'Mise à jour de l’image…',
    failed: 'L’image n’a pas pu être mise à jour.',
    retry: 'Réessayer',
  },
  regions: {
    heading: 'Ce qui sera masqué',
    none: 'Rien à masquer n’a été trouvé. Ajoutez une zone si vous voyez quelque chose.',
    keepHeading: 'Ce qui reste visible',
    name: (kind, number) => `${kind} ${number}`,
    where: {
      row: ['en haut', 'au milieu', 'en bas'],
      column: ['à gauche', 'au centre', 'à droite'],
      both: (row, column) => `${row} ${column}`,
    },
    label: (name, where) => `${name}, ${where}`,
    remove: (name) => `Retirer ${name}`,
    kind: (name) => `Qu’est-ce que ${name} ?`,
    removed: (name) => `${name} : retiré. Annuler le rétablit.`,
    added: (name) => `${name} : ajouté.`,
    fixed:
      'Suit le visage : retirez ce masque ou tracez une autre zone ; il ne peut être ni déplacé ni redimensionné.',
    crop: 'Recadrer sur la lésion',
    cropSize: (width, height) =>
      `Il reste ${width} × ${height} pixels de la photo : ce qui est dans le cadre blanc.`,
    keepTip: 'Marquez la lésion avec « Garder la lésion » pour qu’elle ne soit jamais masquée.',
  },
  features: {
    heading: 'Vu sans visage autour',
    hint: 'Le plus souvent ce que la photo doit montrer : masqué seulement si vous le voulez.',
    names: { eye: 'Œil', nose: 'Nez', mouth: 'Bouche', ear: 'Oreille' },
    cover: (name) => `Masquer ${name}`,
    coverShort: 'Masquer',
  },
  kinds: { face: 'Visage', tattoo: 'Tatouage', text: 'Texte', code: 'Code', other: 'Autre', keep: 'Lésion' },
  metadata: {
    heading: 'Caché dans le fichier',
    place: (latitude, longitude) =>
      `${decimals(latitude)} ${latitude < 0 ? 'S' : 'N'} ${decimals(longitude)} ${longitude < 0 ? 'O' : 'E'}`,
    taken: ({ place, date, device }) => {
      const when = date === undefined ? undefined : `le ${date}`;
      if (place !== undefined) {
        return `Prise à ${[place, when, device].filter((part) => part !== undefined).join(', ')} – supprimé.`;
      }
      if (when !== undefined) return `Prise ${when}${device === undefined ? '' : `, ${device}`} – supprimé.`;
      return device === undefined ? undefined : `Prise avec ${device} – supprimé.`;
    },
    also: (list) => `Supprimé aussi : ${list}.`,
    only: (list) => `Supprimé : ${list}.`,
    none: 'Le fichier ne contient rien qui identifie quelqu’un.',
    groups: {
      place: 'le lieu',
      time: 'les dates et heures',
      device: 'l’appareil ou son numéro de série',
      person: 'des noms de personnes',
      software: 'le logiciel utilisé',
      preview: 'une petite image d’aperçu',
      'hidden-image': 'une deuxième image cachée',
      provenance: 'l’historique du fichier',
      'colour-profile': 'le profil de couleur',
      comment: 'des commentaires',
      trailing: 'des données après la fin de l’image',
      other: 'd’autres données',
    },
  },
  guide: {
    ask: 'Ce que vous voulez montrer est-il sur le visage ?',
    yes: 'Oui',
    no: 'Non',
    mark: 'Marquez-le',
    markHint: 'Tracez un rectangle autour, aussi petit que possible.',
    placeHint:
      'Les flèches le déplacent, Maj et flèches le redimensionnent. Appuyez sur Entrée quand il est bien placé.',
    placed: 'C’est bien placé',
    choose: 'Que doit-on encore voir du visage ?',
    chooseHint: 'À côté de chaque choix : le risque qui reste, si le contrôle complet ne trouve rien.',
    waiting: 'Calcul des risques…',
    ways: {
      patch: 'Seulement cette zone',
      skin: 'La peau du visage, sans yeux, nez ni bouche',
      covered: 'Rien : tout masquer',
    },
    advised: 'Conseillé',
    risk: (share) => `Risque ${share}`,
    enough: (destination) => `Assez sûr pour : ${destination}`,
    notEnough: (destination) => `Pas assez sûr pour : ${destination}`,
    impossible: 'Impossible ici.',
    again: 'Modifier la marque',
    reopen: 'Choisir ce qui reste visible du visage',
    onFeature: 'Déplacez la marque ou réduisez-la, jusqu’à ce qu’elle soit à côté.',
  },
  risk: {
    heading: 'Risque que le patient soit reconnu',
    before: 'À l’origine',
    after: 'À l’enregistrement',
    limit: (most) => `limite ${most}`,
    low: (destination) => `Assez bas pour : ${destination}`,
    high: (destination) => `Trop élevé pour : ${destination}`,
    announce: (after, verdict) => `Risque restant ${after}. ${verdict}`,
    why: 'Pourquoi',
    reasonsBefore: 'Avant',
    reasonsAfter: 'Après',
    noReasons: 'Rien ne l’augmente.',
    note: 'Le contrôle complet, à l’enregistrement, peut en dire plus.',
  },
  settings: {
    heading: 'Qui la verra',
    destinations: {
      public: 'Tout le monde',
      professional: 'Des confrères',
      clinical: 'L’équipe soignante',
    },
    destinationHints: {
      public: 'un réseau ouvert',
      professional: 'un réseau fermé de médecins',
      clinical: 'la télédermatologie',
    },
    style: 'Comment masquer',
    styles: { blur: 'Flou', pixelate: 'Mosaïque', solid: 'Uni' },
    faces: 'Ce qui est masqué d’un visage',
    faceCovers: { whole: 'Tout', features: 'Laisser la peau' },
    faceHints: {
      whole:
        'Toute la tête ; une lésion marquée y reste visible là où elle ne contient aucun trait du visage.',
      features:
        'Les yeux, le nez, la bouche, les oreilles, la ligne des cheveux et le contour ; la peau reste si tous ont été vus avec certitude.',
    },
    extent: 'Étendue du masquage',
    extents: { usual: 'Habituelle', wide: 'Plus large' },
    extentHints: {
      usual: 'Le visage et l’essentiel de la tête ; tatouages, texte et codes de près.',
      wide: 'Toute la tête avec les cheveux et les oreilles, un œil, un nez, une bouche ou une oreille seuls ; plus autour des tatouages, du texte et des codes.',
    },
  },
  attest: {
    heading: 'Ce que l’outil n’a pas pu examiner',
    check: {
      face: 'J’ai regardé : il ne reste aucun visage à masquer.',
      tattoo: 'J’ai regardé : il ne reste aucun tatouage à masquer.',
      text: 'J’ai regardé : il ne reste aucun texte à masquer.',
      code: 'J’ai regardé : il ne reste aucun code à masquer.',
    },
    kinds: {
      face: 'Les visages n’ont pas pu être recherchés',
      tattoo: 'Les tatouages n’ont pas pu être recherchés',
      text: 'Le texte n’a pas pu être recherché',
      code: 'Les codes n’ont pas pu être recherchés',
    },
  },
  caption: {
    heading: 'Légende',
    label: 'Texte qui accompagne la photo (contrôlé ici, jamais conservé)',
    placeholder: 'Facultatif',
    found: 'Ceci mène au patient :',
    clean: 'Rien trouvé qui mène au patient.',
    classes: {
      name: 'un nom',
      date: 'une date',
      'age-above-89': 'un âge supérieur à 89 ans',
      place: 'un lieu',
      identifier: 'un numéro de dossier ou de personne',
      contact: 'un numéro de téléphone ou une adresse',
    },
    select: (what, text) => `${what} : ${text}`,
  },
  save: {
    button: 'Enregistrer',
    accept: 'Accepter avec ces changements',
    waiting: 'Examen approfondi…',
    checking: 'Contrôle du résultat…',
    checkingHint: 'La photo est écrite, relue et attaquée.',
    saved: (name) => `Enregistrée sous ${name}`,
    savedHint: 'Si vous la renommez, n’y mettez rien qui mène au patient.',
    lookTitle: 'Veuillez regarder le résultat',
    lookIntro: 'L’outil ne peut pas juger seul de cette photo :',
    lookAsk: 'Tout ce qui pourrait mener au patient est-il masqué ?',
    looked: 'J’ai regardé le résultat : enregistrer',
    lookedAccept: 'J’ai regardé le résultat : accepter',
    change: 'Revenir et modifier',
    blockedTitle: 'Cette photo n’est pas assez sûre',
    refusedTitle: 'Cette photo ne doit pas être partagée ainsi',
    blockedIntro: (after, most) => `Le risque restant est de ${after} ; au plus ${most} est accepté.`,
    whyTitle: 'Pourquoi',
    helpTitle: 'Ce qui aiderait',
    override: 'Enregistrer malgré tout…',
    overrideAccept: 'Accepter malgré tout…',
    overrideLabel: 'Votre raison, qui est consignée',
    overrideNeeded: (least) => `Au moins ${least} caractères.`,
    overrideButton: 'Enregistrer avec cette raison',
    overrideButtonAccept: 'Accepter avec cette raison',
    reasonFound: 'Ceci serait consigné tel quel, et mène à une personne :',
    reasonChange: 'Modifier la raison',
    reasonConfirm: 'Cela ne mène à personne : consigner tel quel',
    noOverride:
      'Aucune raison ne suffit ici : le fichier écrit est lui-même en cause. Modifiez plutôt la photo.',
    allChecks: 'Tous les contrôles',
    status: {
      found: 'quelque chose trouvé',
      'not-found': 'rien trouvé',
      'could-not-tell': 'pas de réponse',
    },
    size: (width, height, size) => `${width} × ${height} pixels, ${size}`,
    kilobytes: (value) => `${value} Ko`,
  },
  hints: {
    caption: 'Retirez de la légende ce qui y est surligné.',
    attest: 'Cherchez vous-même ce que l’outil n’a pas pu examiner, et cochez que vous avez regardé.',
    smallerKeep: 'Réduisez la zone gardée, pour qu’elle ne contienne que la lésion.',
    looked: 'Regardez vous-même le résultat, et cochez que rien d’autre ne se voit.',
    crop: 'Marquez la lésion et recadrez la photo sur elle.',
    cover: 'Masquez ce qui est encore visible ou lisible.',
    solid: 'Masquez plutôt avec des zones unies.',
    narrower: 'Partagez-la avec moins de personnes : des confrères ou l’équipe soignante.',
  },
  reasonNames: REASON_NAMES.fr,
  frames: frFrames,
  work: frWork,
  looked: frLooked,
  meaning: frMeaning,
  groups: frGroups,
  run: frRun,
  queue: frQueue,
  bulk: frBulk,
  initials: frInitials,
  errors: {
    unknown: 'Une erreur s’est produite.',
    offline: 'L’outil ne répond pas. Relancez « image-deid review » et ouvrez l’adresse affichée.',
    originalGone: 'L’original de cette photo n’est plus là.',
    codes: {
      used: 'Cette adresse a déjà servi, et chacune ne vaut que pour une page. « image-deid review » en a affiché une nouvelle dans sa fenêtre : ouvrez celle-là.',
      stranger:
        'Cette page ne peut plus être sûre de parler à l’outil qui l’a ouverte : un autre programme répond maintenant. Il n’a reçu aucune photo, ni rien qu’il puisse lire. Fermez cette page, relancez « image-deid review » et ouvrez l’adresse affichée.',
      gone: 'La photo n’est plus gardée. Ouvrez-la de nouveau.',
      crashed: 'La photo a arrêté l’outil. Rien n’a été enregistré ; l’outil est prêt pour une autre photo.',
      stopped:
        'La photo a pris trop de temps et a été abandonnée. Rien n’a été enregistré ; l’outil est prêt pour une autre photo.',
      busy: 'Trop de photos sont en cours d’ouverture. Réessayez dans un instant.',
      'reason-identifies': 'La raison semble nommer quelqu’un. Rien n’a été consigné.',
    },
  },
};

function decimals(degrees: number): string {
  return Math.abs(degrees).toFixed(2).replace('.', ',');
}
