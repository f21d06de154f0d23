import type { Finding, Speaker } from '../core/finding.js';
import type { Language } from '../core/language.js';
import { CHECKS } from '../verify/declarations.js';

/** Sorts of reasons whose sentences have figures in them, by the finding's id. */
export const REASON_NAMES: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    'gate/risk': 'Risk too high',
    'gate/iris': 'An iris that can be read',
    'gate/covered': 'Much of the photo is covered',
    'gate/keep-covered': 'Much of a kept region is covered',
    'gate/skin-of-face': 'Skin of a face stays visible',
    'gate/format': 'File format not taken',
    'gate/size': 'File too large',
    'gate/laxer-than-run': 'For others than the run',
    'gate/too-long': 'Too long and narrow',
  },
  fr: {
    'gate/risk': 'Risque trop élevé',
    'gate/iris': 'Un iris qui peut être lu',
    'gate/covered': 'Une grande partie de la photo est masquée',
    'gate/keep-covered': 'Une grande partie d’une zone gardée est masquée',
    'gate/skin-of-face': 'De la peau d’un visage reste visible',
    'gate/format': 'Format de fichier non accepté',
    'gate/size': 'Fichier trop grand',
    'gate/laxer-than-run': 'Pour un autre public que le lot',
    'gate/too-long': 'Trop longue et étroite',
  },
};

/**
 * The name of a sort of reasons, without figures: reasons with the same name are of the same sort.
 * @param names those of a language
 */
export function reasonName(reason: Finding, names: Readonly<Record<string, string>>, to: Speaker): string {
  const { id, values } = reason;
  const [room = ''] = id.split('/');
  const check = CHECKS.has(room) ? room : values['check'];
  if (typeof check === 'string') return to.check(check);
  return (Object.hasOwn(names, id) ? names[id] : undefined) ?? to.say(reason);
}

/** `reasonName` in a language. */
export function reasonNamer(language: Language, to: Speaker): (reason: Finding) => string {
  return (reason) => reasonName(reason, REASON_NAMES[language], to);
}
