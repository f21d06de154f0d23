import type { DetectionKind, FaceFeature, TextClass } from '../core/detection.js';
import type { Language } from '../core/language.js';
import type { MetadataGroup } from '../core/metadata.js';
import { KIND_NAMES, TEXT_CLASS_NAMES } from './names.js';

type Outcome = 'cleared' | 'review' | 'refused';

/** What a report says besides its findings. */
export interface ReportWords {
  readonly title: Readonly<Record<'shared' | 'private', string>>;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly meaning: Readonly<Record<Outcome, string>>;
  readonly introduction: Readonly<Record<'shared' | 'private', string>>;
  readonly photos: (count: number) => string;
  readonly interrupted: string;
  readonly first: (shown: number, all: number) => string;
  readonly pictures: (legend: string) => string;
  readonly written: (seq: number) => string;
  readonly outlined: (seq: number) => string;
  readonly asWritten: string;
  readonly whatWasCovered: string;
  /** The names of facts. */
  readonly facts: Readonly<
    Record<
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
  outcomes: { cleared: 'cleared', review: 'review', refused: 'refused' },
  meaning: {
    cleared: 'passed every check for the chosen destination',
    review: 'redacted, but a person must look before it is shared',
    refused: 'nothing was written',
  },
  introduction: {
    shared:
      'What was cleared follows. Photos that a person must look at, and refusals, are in review/report.html, which is not to be shared.',
    private:
      'Not to be shared: photos that a person must look at before anybody else sees them, and photos that were refused. What was cleared is in report.html.',
  },
  photos: (count) => `${count} photos`,
  interrupted: ', and the run was stopped before its end: give the same command again to finish it',
  first: (shown, all) => `The first ${shown} of ${all} follow; all are in ledger.jsonl.`,
  pictures: (legend) => `Pictures show the redacted photos only. Outlines: ${legend}`,
  written: (seq) => `Photo ${seq}, redacted`,
  outlined: (seq) => `Photo ${seq}, with outlines of what was covered`,
  asWritten: 'As written',
  whatWasCovered: 'What was covered',
  facts: {
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
  outcomes: { cleared: 'validée', review: 'à regarder', refused: 'refusée' },
  meaning: {
    cleared: 'ont passé tous les contrôles pour la destination choisie',
    review: 'masquées, mais une personne doit les regarder avant tout partage',
    refused: 'rien n’a été écrit',
  },
  introduction: {
    shared:
      'Voici ce qui a été validé. Les photos qu’une personne doit regarder, et les refus, sont dans review/report.html, qui n’est pas à partager.',
    private:
      'À ne pas partager : les photos qu’une personne doit regarder avant que quiconque d’autre les voie, et celles qui ont été refusées. Ce qui a été validé est dans report.html.',
  },
  photos: (count) => (count > 1 ? `${count} photos` : `${count} photo`),
  interrupted: ', et le traitement a été arrêté avant la fin : relancez la même commande pour le terminer',
  first: (shown, all) => `Les ${shown} premières sur ${all} suivent ; toutes sont dans ledger.jsonl.`,
  pictures: (legend) => `Les images ne montrent que les photos masquées. Contours : ${legend}`,
  written: (seq) => `Photo ${seq}, masquée`,
  outlined: (seq) => `Photo ${seq}, avec les contours de ce qui a été masqué`,
  asWritten: 'Telle qu’écrite',
  whatWasCovered: 'Ce qui a été masqué',
  facts: {
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
