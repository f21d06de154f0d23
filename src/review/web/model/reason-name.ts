import type { Finding, Speaker } from '../../../core/finding.js';
import { CHECKS } from '../../../verify/declarations.js';
import type { Strings } from '../strings/en.js';
import { entryOf } from './entry-of.js';

/** What reasons of one sort are called, without figures: reasons with the same name are of the same sort. */
export function reasonName(reason: Finding, t: Strings, speaker: Speaker): string {
  const { id, values } = reason;
  const [room = ''] = id.split('/');
  const check = CHECKS.has(room) ? room : values['check'];
  if (typeof check === 'string') return speaker.check(check);
  return entryOf(t.reasonNames, id) ?? speaker.say(reason);
}

/** The language of a reason, when it is not that of the page: an earlier version wrote sentences in English. */
export function languageOfReason({ id }: Finding): 'en' | undefined {
  return id === 'told' ? 'en' : undefined;
}
