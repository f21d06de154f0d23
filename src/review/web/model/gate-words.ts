import type { Strings } from '../strings/en.js';
import { percent } from './percent.js';

/** A reason of the gate in the reader's language. */
export interface GateWords {
  /** Reasons of the same sort share it. */
  readonly sort: string;
  /** The sort itself in words, without figures. */
  readonly name: string;
  readonly words: string;
  /** No words in this language: `words` is as the tool says it, in English. */
  readonly isEnglish: boolean;
}

/**
 * The gate speaks English; what it is known to say has words in each language.
 * @param unanswered ids of the checks that gave no answer
 */
export function gateWords(
  reason: string,
  t: Strings,
  locale: string,
  unanswered: readonly string[] = [],
): GateWords {
  const known = readCheck(reason, t, unanswered) ?? readGate(reason, t, locale);
  return known
    ? { ...known, isEnglish: false }
    : { sort: reason, name: reason, words: reason, isEnglish: true };
}

type Known = Omit<GateWords, 'isEnglish'>;

function readCheck(reason: string, t: Strings, unanswered: readonly string[]): Known | undefined {
  const id = /^([a-z-]+): /.exec(reason)?.[1] ?? '';
  const name = wordsOf(t.checks, id);
  if (name === undefined) return undefined;
  return { sort: `check-${id}`, name, words: unanswered.includes(id) ? t.gate.noAnswer(name) : name };
}

function readGate(reason: string, t: Strings, locale: string): Known | undefined {
  const risky = /^The remaining risk is ([\d.]+); at most ([\d.]+) /.exec(reason);
  if (risky) {
    const [after, most] = [Number(risky[1]), Number(risky[2])].map((share) => percent(share, locale));
    return { sort: 'risk', name: t.gate.riskName, words: t.gate.risk(after ?? '', most ?? '') };
  }
  const kind = /^A (\w+) was found and covered/.exec(reason)?.[1];
  const kindName = kind === undefined ? undefined : wordsOf(t.kinds, kind);
  if (kindName !== undefined) {
    const words = t.gate.lookAfter(kindName);
    return { sort: `look-${kind}`, name: words, words };
  }
  if (reason.startsWith('An eye is not covered whose iris')) {
    return { sort: 'iris', name: t.gate.iris, words: t.gate.iris };
  }
  const covered = /^(\d+) % of the photo is covered/.exec(reason)?.[1];
  if (covered !== undefined) {
    return {
      sort: 'covered',
      name: t.gate.coveredName,
      words: t.gate.covered(percent(Number(covered) / 100, locale)),
    };
  }
  if (reason.startsWith('The destination does not take the format')) {
    return { sort: 'format', name: t.gate.format, words: t.gate.format };
  }
  if (/^The file has [\d.]+ MiB/.test(reason)) return { sort: 'size', name: t.gate.size, words: t.gate.size };
  if (reason === 'The written file was not checked') {
    return { sort: 'unchecked', name: t.gate.unchecked, words: t.gate.unchecked };
  }
  return undefined;
}

/** The entry of a table of words, if there is one. */
export function wordsOf(table: object, id: string): string | undefined {
  const words: unknown = Object.hasOwn(table, id) ? (table as Record<string, unknown>)[id] : undefined;
  return typeof words === 'string' ? words : undefined;
}
