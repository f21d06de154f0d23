import type { Finding, Speaker } from '../../../core/finding.js';
import { CHECKS } from '../../../verify/declarations.js';
import type { Strings } from '../strings/en.js';
import { entryOf } from './entry-of.js';

/** The name of a sort of reasons, without figures: reasons with the same name are of the same sort. */
export function reasonName(reason: Finding, t: Strings, speaker: Speaker): string {
  const { id, values } = reason;
  const [room = ''] = id.split('/');
  const check = CHECKS.has(room) ? room : values['check'];
  if (typeof check === 'string') return speaker.check(check);
  return entryOf(t.reasonNames, id) ?? speaker.say(reason);
}

/** The language of a reason when it is not the page's: earlier versions wrote sentences in English. */
export function languageOfReason({ id }: Finding): 'en' | undefined {
  return id === 'told' ? 'en' : undefined;
}
