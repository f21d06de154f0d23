import type { Finding } from '../../../core/finding.js';

/** The language of a reason when it is not the page's: earlier versions wrote sentences in English. */
export function languageOfReason({ id }: Finding): 'en' | undefined {
  return id === 'told' ? 'en' : undefined;
}
