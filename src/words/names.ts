import type { DetectionKind, FaceFeature, TextClass } from '../core/detection.js';
import type { Language } from '../core/language.js';

type Names<T extends string> = Readonly<Record<Language, Readonly<Record<T, string>>>>;

/** As in the middle of a sentence: "face". */
export const KIND_NAMES: Names<DetectionKind> = {
  en: { face: 'face', tattoo: 'tattoo', text: 'text', code: 'code' },
  fr: { face: 'visage', tattoo: 'tatouage', text: 'texte', code: 'code' },
};

/** As in a list: "eye". */
export const FEATURE_NAMES: Names<FaceFeature> = {
  en: { eye: 'eye', nose: 'nose', mouth: 'mouth', ear: 'ear' },
  fr: { eye: 'œil', nose: 'nez', mouth: 'bouche', ear: 'oreille' },
};

/** What text looks like. */
export const TEXT_CLASS_NAMES: Names<TextClass> = {
  en: {
    name: 'name',
    date: 'date',
    phone: 'phone',
    email: 'email',
    identifier: 'identifier',
    address: 'address',
    number: 'number',
    other: 'other',
  },
  fr: {
    name: 'nom',
    date: 'date',
    phone: 'téléphone',
    email: 'adresse électronique',
    identifier: 'identifiant',
    address: 'adresse',
    number: 'nombre',
    other: 'autre',
  },
};
