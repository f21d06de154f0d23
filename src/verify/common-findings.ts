import * as z from 'zod/mini';
import { word, type FindingTable, type WordsOf } from '../core/finding.js';
import type { Language } from '../core/language.js';

/** Why a check gave no answer, whatever the check looks for. */
export const COMMON_FINDINGS = {
  /** `code`: of the error with which decoding the written file failed. */
  'check/not-decoded': z.strictObject({ check: word, code: word }),
  'check/failed': z.strictObject({ check: word, stage: word, code: word }),
  'check/wrong-id': z.strictObject({ check: word }),
} as const satisfies FindingTable;

export const COMMON_WORDS: Readonly<Record<Language, WordsOf<typeof COMMON_FINDINGS>>> = {
  en: {
    'check/not-decoded': ({ check, code }, to) =>
      `${to.check(check)}: no answer, because the written file could not be decoded (${code})`,
    'check/failed': ({ check, stage, code }, to) =>
      `${to.check(check)}: no answer, because the check failed (${stage}: ${code})`,
    'check/wrong-id': ({ check }, to) =>
      `${to.check(check)}: no answer, because the check answered under another id`,
  },
  fr: {
    'check/not-decoded': ({ check, code }, to) =>
      `${to.check(check)} : pas de réponse, car le fichier écrit n’a pas pu être décodé (${code})`,
    'check/failed': ({ check, stage, code }, to) =>
      `${to.check(check)} : pas de réponse, car le contrôle a échoué (${stage} : ${code})`,
    'check/wrong-id': ({ check }, to) =>
      `${to.check(check)} : pas de réponse, car le contrôle a répondu sous un autre nom`,
  },
};
