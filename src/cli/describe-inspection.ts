import type { PreviewedEntry } from '../batch/index.js';
import { errorFinding } from '../core/findings.js';
import type { Language } from '../core/language.js';
import { groupFindings } from '../metadata/index.js';
import { speakerOf, TERMINAL_WORDS, type TerminalWords } from '../words/index.js';

/** The result of `inspect` for people, ending in an empty line. */
export function describeInspection(file: string, result: PreviewedEntry, language: Language): string {
  const { inspection: words, groups, things } = TERMINAL_WORDS[language];
  const to = speakerOf(language);
  /** "2 faces, 1 text" */
  const count = (kinds: readonly (keyof TerminalWords['things'])[]): string => {
    const counts = new Map<keyof TerminalWords['things'], number>();
    for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return [...counts].map(([kind, n]) => things[kind](n)).join(', ') || words.nothing;
  };
  if ('error' in result) {
    const { error } = result;
    return `${printable(file)}\n  ${words.refused(to.say(errorFinding(error)), error.code)}\n\n`;
  }
  const { detections, metadata, notExamined, risk } = result;
  const found = [...groupFindings(metadata.findings.filter(({ identifying }) => identifying))];
  const covered = detections.filter(({ allowed, feature }) => !allowed && !feature);
  const features = detections.flatMap(({ feature }) => feature ?? []);
  const classes = detections.flatMap(({ textClass }) => textClass ?? []);
  const allowed = detections.filter((detection) => detection.allowed).length;
  const lines = [
    words.size(result.format.toUpperCase(), result.width, result.height, result.frames),
    ...(found.length === 0
      ? [words.noMetadata]
      : found.map(([group, fields]) => words.metadata(groups[group], fields))),
    words.covered(count(covered.map(({ kind }) => kind))),
    ...(features.length > 0 ? [words.features(count(features))] : []),
    ...(classes.length > 0 ? [words.text(count(classes))] : []),
    ...(allowed > 0 ? [words.textStays(allowed)] : []),
    ...notExamined.map((why) => words.notExamined(to.say(why))),
    words.riskBefore(to.number(risk.before, 2)),
    ...risk.factors.map((factor) => `  - ${to.say(factor)}`),
  ];
  return `${[printable(file), ...lines.map((line) => `  ${line}`)].join('\n')}\n\n`;
}

/** A name as it may be shown on a terminal: control and direction characters become a replacement sign. */
function printable(name: string): string {
  // eslint-disable-next-line no-control-regex -- these are what must not reach a terminal
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
