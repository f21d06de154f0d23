import type { DetectionKind, FaceFeature, TextClass } from '../core/detection.js';
import type { Language } from '../core/language.js';
import type { MetadataGroup } from '../core/metadata.js';
import { KIND_NAMES, TEXT_CLASS_NAMES } from './names.js';

/** What became of a photo, and who said so. */
type PhotoState = 'cleared' | 'accepted' | 'review' | 'rejected' | 'refused';
type Destination = 'public' | 'professional' | 'clinical';

/** What a report says besides its findings. */
export interface ReportWords {
  readonly title: Readonly<Record<'shared' | 'private', string>>;
  /** Of one photo. */
  readonly states: Readonly<Record<PhotoState, string>>;
  readonly meaning: Readonly<Record<PhotoState, string>>;
  readonly introduction: Readonly<Record<'shared' | 'private', string>>;
  readonly photos: (count: number) => string;
  readonly interrupted: string;
  readonly first: (shown: number, all: number) => string;
  /** What follows it names the outlines' colours. */
  readonly pictures: string;
  readonly destinations: Readonly<Record<Destination, string>>;
  readonly goesTo: string;
  readonly limit: string;
  readonly mostRisk: (share: string) => string;
  readonly date: string;
  readonly howManyAtRisk: string;
  readonly howManyCovered: string;
  /** A range of a histogram. */
  readonly range: (from: string, to: string) => string;
  readonly none: string;
  readonly reasons: string;
  readonly photo: (seq: number) => string;
  readonly by: (state: string, reviewer: string) => string;
  /** Follows who accepted it. */
  readonly against: string;
  readonly putBack: string;
  readonly more: string;
  readonly find: Readonly<Record<'search' | 'state' | 'reason' | 'kind' | 'any' | 'reset', string>>;
  readonly shown: (count: number) => string;
  readonly written: (seq: number) => string;
  readonly outlined: (seq: number) => string;
  /** The names of facts. */
  readonly facts: Readonly<
    Record<
      | 'decision'
      | 'decisionReason'
      | 'destination'
      | 'reason'
      | 'error'
      | 'metadata'
      | 'seen'
      | 'features'
      | 'kept'
      | 'textClasses'
      | 'covered'
      | 'attested'
      | 'risk'
      | 'riskBefore'
      | 'riskAfter'
      | 'left'
      | 'hint',
      string
    >
  >;
  readonly noMetadata: string;
  readonly nothingSeen: string;
  readonly keepOutside: (count: number) => string;
  readonly keptText: (pieces: number) => string;
  readonly regions: (count: number, share: string) => string;
  readonly attested: (kind: string) => string;
  readonly riskOf: (before: string, after: string) => string;
  readonly skin: (share: string) => string;
  readonly keep: (share: string) => string;
  readonly resolution: (share: string) => string;
  /** `error` in percent. */
  readonly length: (scale: string, error: string) => string;
  readonly crop: (list: string) => string;
  readonly groups: Readonly<Record<MetadataGroup, string>>;
  readonly kinds: Readonly<Record<DetectionKind, string>>;
  readonly featureNames: Readonly<Record<FaceFeature, string>>;
  readonly classes: Readonly<Record<TextClass, string>>;
}

const en: ReportWords = {
  title: { shared: 'image-deid report', private: 'image-deid: not to be shared' },
  states: {
    cleared: 'Cleared by the tool',
    accepted: 'Accepted',
    review: 'Waiting',
    rejected: 'Rejected',
    refused: 'Refused by the tool',
  },
  meaning: {
    cleared: 'passed every check for the chosen destination',
    accepted: 'a person looked and let them out',
    review: 'redacted, but a person must look before they are shared',
    rejected: 'a person decided against them',
    refused: 'by the tool: nothing was written',
  },
  introduction: {
    shared:
      'What was cleared or accepted follows. Photos that a person must look at, rejections and refusals are in review/report.html, which is not to be shared.',
    private:
      'Not to be shared: photos that a person must look at before anybody else sees them, what people decided about such photos and why, and photos that the tool refused. What may be shared is in report.html. Which file each was: image-deid names.',
  },
  photos: (count) => (count === 1 ? '1 photo' : `${count} photos`),
  interrupted: ', and the run was stopped before its end: give the same command again to finish it',
  first: (shown, all) => `The first ${shown} of ${all} follow; all are in summary.csv and ledger.jsonl.`,
  pictures: 'Pictures show the redacted photos only. Outlines:',
  destinations: {
    public: 'Anybody (an open network)',
    professional: 'Colleagues (a closed network of doctors)',
    clinical: 'The treating team (teledermatology)',
  },
  goesTo: 'Who will see them',
  limit: 'Limit',
  mostRisk: (share) => `at most ${share} risk`,
  date: 'Written on',
  howManyAtRisk: 'Remaining risk',
  howManyCovered: 'Covered area',
  range: (from, to) => `${from} to ${to}`,
  none: 'none',
  reasons: 'Reasons',
  photo: (seq) => `Photo ${seq}`,
  by: (state, reviewer) => `${state} by ${reviewer}`,
  against: ', although the tool did not clear it',
  putBack: 'Put back',
  more: 'More about this photo',
  find: {
    search: 'Search',
    state: 'State',
    reason: 'Reason',
    kind: 'Shows',
    any: 'All',
    reset: 'Show all',
  },
  shown: (count) => (count === 1 ? '1 photo shown' : `${count} photos shown`),
  written: (seq) => `Photo ${seq}, redacted`,
  outlined: (seq) => `Photo ${seq}, with outlines of what was covered`,
  facts: {
    decision: 'Decision',
    decisionReason: 'Reason typed',
    destination: 'Who will see it',
    reason: 'Reason',
    error: 'Error',
    metadata: 'Metadata removed',
    seen: 'Seen',
    features: 'Seen without a face',
    kept: 'Kept',
    textClasses: 'Text looks like',
    covered: 'Covered',
    attested: 'Attested',
    risk: 'Risk',
    riskBefore: 'Risk before',
    riskAfter: 'Risk after',
    left: 'Left to see',
    hint: 'Hint',
  },
  noMetadata: 'none found',
  nothingSeen: 'nothing to cover',
  keepOutside: (count) =>
    count === 1
      ? 'A region to keep lies outside the photo, and keeps nothing'
      : `${count} regions to keep lie outside the photo, and keep nothing`,
  keptText: (pieces) => `${pieces} pieces of text, as asked`,
  regions: (count, share) => `${count} regions, ${share} of the photo`,
  attested: (kind) => `The user says to have looked: no ${kind}`,
  riskOf: (before, after) => `${before} before, ${after} after`,
  skin: (share) => `${share} of the skin`,
  keep: (share) => `${share} of the kept regions`,
  resolution: (share) => `${share} of the resolution`,
  length: (scale, error) => `1 pixel of the source = ${scale} ± ${error} %`,
  crop: (list) => `--crop-to-keep would leave out: ${list}`,
  groups: {
    place: 'place',
    time: 'time',
    device: 'device',
    person: 'person',
    software: 'software',
    preview: 'preview',
    'hidden-image': 'hidden-image',
    provenance: 'provenance',
    'colour-profile': 'colour-profile',
    comment: 'comment',
    trailing: 'trailing',
    other: 'other',
  },
  kinds: KIND_NAMES.en,
  featureNames: { eye: 'eye', nose: 'nose', mouth: 'mouth', ear: 'ear' },
  classes: TEXT_CLASS_NAMES.en,
};

const fr: ReportWords = {
  title: { shared: 'Rapport image-deid', private: 'image-deid : à ne pas partager' },
  states: {
    cleared: 'Validée par l’outil',
    accepted: 'Acceptée',
    review: 'En attente',
    rejected: 'Rejetée',
    refused: 'Refusée par l’outil',
  },
  meaning: {
    cleared: 'ont passé tous les contrôles pour la destination choisie',
    accepted: 'une personne les a regardées et les laisse sortir',
    review: 'masquées, mais une personne doit les regarder avant tout partage',
    rejected: 'une personne n’en a pas voulu',
    refused: 'par l’outil : rien n’a été écrit',
  },
  introduction: {
    shared:
      'Voici ce qui a été validé ou accepté. Les photos qu’une personne doit regarder, les rejets et les refus sont dans review/report.html, qui n’est pas à partager.',
    private:
      'À ne pas partager : les photos qu’une personne doit regarder avant que quiconque d’autre les voie, ce qui a été décidé de telles photos et pourquoi, et celles que l’outil a refusées. Ce qui peut être partagé est dans report.html. De quel fichier vient chacune : image-deid names.',
  },
  photos: (count) => (count > 1 ? `${count} photos` : `${count} photo`),
  interrupted: ', et le traitement a été arrêté avant la fin : relancez la même commande pour le terminer',
  first: (shown, all) =>
    `Les ${shown} premières sur ${all} suivent ; toutes sont dans summary.csv et ledger.jsonl.`,
  pictures: 'Les images ne montrent que les photos masquées. Contours :',
  destinations: {
    public: 'Tout le monde (un réseau ouvert)',
    professional: 'Des confrères (un réseau fermé de médecins)',
    clinical: 'L’équipe soignante (la télédermatologie)',
  },
  goesTo: 'Qui les verra',
  limit: 'Limite',
  mostRisk: (share) => `${share} de risque au plus`,
  date: 'Écrit le',
  howManyAtRisk: 'Risque restant',
  howManyCovered: 'Surface masquée',
  range: (from, to) => `${from} à ${to}`,
  none: 'rien',
  reasons: 'Raisons',
  photo: (seq) => `Photo ${seq}`,
  by: (state, reviewer) => `${state} par ${reviewer}`,
  against: ', bien que l’outil ne l’ait pas validée',
  putBack: 'Remise en attente',
  more: 'Plus sur cette photo',
  find: {
    search: 'Chercher',
    state: 'État',
    reason: 'Raison',
    kind: 'Montre',
    any: 'Tout',
    reset: 'Tout afficher',
  },
  shown: (count) => (count <= 1 ? `${count} photo affichée` : `${count} photos affichées`),
  written: (seq) => `Photo ${seq}, masquée`,
  outlined: (seq) => `Photo ${seq}, avec les contours de ce qui a été masqué`,
  facts: {
    decision: 'Décision',
    decisionReason: 'Raison donnée',
    destination: 'Qui la verra',
    reason: 'Raison',
    error: 'Erreur',
    metadata: 'Métadonnées supprimées',
    seen: 'Vu',
    features: 'Vu sans visage autour',
    kept: 'Gardé',
    textClasses: 'Le texte ressemble à',
    covered: 'Masqué',
    attested: 'Attesté',
    risk: 'Risque',
    riskBefore: 'Risque avant',
    riskAfter: 'Risque après',
    left: 'Reste visible',
    hint: 'Conseil',
  },
  noMetadata: 'aucune trouvée',
  nothingSeen: 'rien à masquer',
  keepOutside: (count) =>
    count === 1
      ? 'Une zone à garder est hors de la photo et ne garde rien'
      : `${count} zones à garder sont hors de la photo et ne gardent rien`,
  keptText: (pieces) => (pieces > 1 ? `${pieces} textes, comme demandé` : `${pieces} texte, comme demandé`),
  regions: (count, share) => `${count > 1 ? `${count} zones` : `${count} zone`}, ${share} de la photo`,
  attested: (kind) => `L’utilisateur dit avoir regardé : aucun ${kind}`,
  riskOf: (before, after) => `${before} avant, ${after} après`,
  skin: (share) => `${share} de la peau`,
  keep: (share) => `${share} des zones gardées`,
  resolution: (share) => `${share} de la résolution`,
  length: (scale, error) => `1 pixel de la source = ${scale} ± ${error} %`,
  crop: (list) => `--crop-to-keep laisserait de côté : ${list}`,
  groups: {
    place: 'lieu',
    time: 'date et heure',
    device: 'appareil',
    person: 'personne',
    software: 'logiciel',
    preview: 'aperçu',
    'hidden-image': 'image cachée',
    provenance: 'historique',
    'colour-profile': 'profil de couleur',
    comment: 'commentaire',
    trailing: 'données après l’image',
    other: 'autre',
  },
  kinds: KIND_NAMES.fr,
  featureNames: { eye: 'œil', nose: 'nez', mouth: 'bouche', ear: 'oreille' },
  classes: TEXT_CLASS_NAMES.fr,
};

export const REPORT_WORDS: Readonly<Record<Language, ReportWords>> = { en, fr };
