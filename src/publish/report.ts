import { DETECTION_KINDS } from '../core/detection.js';
import type { Speaker } from '../core/finding.js';
import type { Language } from '../core/language.js';
import type { RiskReason, RiskScore } from '../risk/contract.js';
import type { Utility } from '../utility/index.js';
import { OUTCOMES, type StoredRecord, type Outcome } from './contract.js';
import { REPORT_WORDS, speakerOf, type ReportWords } from '../words/index.js';
import { COLOURS } from './thumbnails.js';

/** A photo's ledger record, and its small views as JPEG in base64. */
export interface ReportEntry {
  readonly record: StoredRecord;
  readonly plain?: string;
  readonly outlined?: string;
}

const STYLE = `
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:2rem auto;max-width:72rem;padding:0 1rem}
.counts{display:flex;gap:1rem;flex-wrap:wrap;padding:0;list-style:none}
.counts li{border:1px solid #8886;border-radius:.5rem;padding:.5rem 1rem}
.counts b{font-size:1.6rem;display:block}
article{border:1px solid #8886;border-radius:.5rem;padding:1rem;margin:1rem 0;break-inside:avoid}
h2{margin:0;font-size:1.05rem}h2 code{font-weight:400}
figure{display:inline-block;margin:.5rem 1rem .5rem 0}figcaption{font-size:.85rem}
img{max-width:320px;height:auto;display:block;border:1px solid #8886}
.cleared{color:#2b8a3e}.review{color:#b35c00}.refused{color:#c92a2a}
@media (prefers-color-scheme:dark){.cleared{color:#69db7c}.review{color:#ffa94d}.refused{color:#ff8787}}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.5rem 0 0;font-size:.9rem}
dt{opacity:.75}dd{margin:0}
`;
/** Reasons are shown from this probability on, and at most this many of them per photo. */
const WORTH_TELLING = 0.02;
const MOST_REASONS = 4;

/** A page with more photos than this is too long to read; the ledger has them all. */
export const MOST_ENTRIES = 2000;

/** What a report is about. */
export interface ReportFacts {
  /** "shared": report.html, with what was cleared; "private": review/report.html, with all the rest. */
  readonly kind: 'shared' | 'private';
  /** Counts for the whole run. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** True when the run was stopped before its last photo. */
  readonly isInterrupted: boolean;
  /** How many photos a report of this kind is about; `entries` may be fewer. */
  readonly photos: number;
  readonly entries: readonly ReportEntry[];
}

/** What a report is written with. */
interface Writing {
  readonly language: Language;
  readonly words: ReportWords;
  readonly to: Speaker;
}

/** A report: one page without scripts, links or anything from outside; it shows redacted pixels only. */
export function renderReport(
  { kind, outcomes, isInterrupted, photos, entries }: ReportFacts,
  language: Language,
): string {
  const words = REPORT_WORDS[language];
  const writing: Writing = { language, words, to: speakerOf(language) };
  const all = outcomes.cleared + outcomes.review + outcomes.refused;
  const counts = OUTCOMES.map(
    (outcome) =>
      `<li><b class="${outcome}">${outcomes[outcome]}</b>${words.outcomes[outcome]}: ${words.meaning[outcome]}</li>`,
  ).join('');
  const legend = DETECTION_KINDS.map(
    (kind) => `<span style="color:${COLOURS[kind]}">■</span> ${words.kinds[kind]}`,
  ).join(' ');
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${words.title[kind]}</title>
<style>${STYLE}</style></head><body>
<h1>${words.title[kind]}</h1>
<p>${words.photos(all)}${isInterrupted ? words.interrupted : ''}.
${words.introduction[kind]}
${entries.length < photos ? words.first(entries.length, photos) : ''}
${words.pictures(legend)}</p>
<ul class="counts">${counts}</ul>
${entries.map((entry) => renderEntry(entry, writing)).join('\n')}
</body></html>
`;
}

function renderEntry({ record, plain, outlined }: ReportEntry, writing: Writing): string {
  const { seq, outcome, output, reasons, error } = record;
  const { words, to } = writing;
  const title = output ? `<code>${escape(`${outcome}/${output.name}`)}</code>` : '';
  const figures = [
    figure(plain, words.written(seq), words.asWritten),
    figure(outlined, words.outlined(seq), words.whatWasCovered),
  ].join('');
  const lines = [
    ...reasons.map((reason) => [words.facts.reason, to.say(reason)]),
    ...(error ? [[words.facts.error, `${error.code} (${error.stage})`]] : []),
    ...factsOf(record, writing),
  ];
  const facts = lines
    .map(([name, text]) => `<dt>${escape(name ?? '')}</dt><dd>${escape(text ?? '')}</dd>`)
    .join('');
  return `<article><h2>${seq}. <span class="${outcome}">${words.outcomes[outcome]}</span> ${title}</h2>${figures}<dl>${facts}</dl></article>`;
}

function factsOf(
  { found, risk, utility, goneWithACrop, keptBack, notExamined, keepOutside }: StoredRecord,
  { words, to }: Writing,
): string[][] {
  const facts: string[][] = [];
  const { facts: names } = words;
  if (found) {
    facts.push([names.metadata, list(found.metadata, words.groups) || words.noMetadata]);
    facts.push([names.seen, list(found.detections, words.kinds) || words.nothingSeen]);
    if (found.features) facts.push([names.features, list(found.features, words.featureNames)]);
    if (found.allowedText > 0) facts.push([names.kept, words.keptText(found.allowedText)]);
    const classes = list(found.textClasses, words.classes);
    if (classes) facts.push([names.textClasses, classes]);
    facts.push([names.covered, words.regions(found.redactions, to.percent(found.redactedShare))]);
  }
  if (keepOutside !== undefined) facts.push([names.hint, words.keepOutside(keepOutside)]);
  const told = new Set((keptBack ?? []).map(({ reason }) => to.say(reason)));
  for (const text of told) facts.push([names.kept, text]);
  for (const { kind, attested } of notExamined ?? []) {
    if (attested) facts.push([names.attested, words.attested(words.kinds[kind])]);
  }
  if (risk) {
    facts.push([names.risk, words.riskOf(to.number(risk.before, 2), to.number(risk.after, 2))]);
    for (const when of ['before', 'after'] as const) {
      for (const reason of worst(risk, when)) {
        const { hipaa, dicom } = reason;
        const classes = [
          `HIPAA ${hipaa.join(', ')}`,
          ...(dicom.length > 0 ? [`DICOM ${dicom.join(', ')}`] : []),
        ];
        facts.push([
          when === 'before' ? names.riskBefore : names.riskAfter,
          `${to.say(reason)}: ${to.percent(reason.probability)} (${classes.join('; ')})`,
        ]);
      }
    }
  }
  if (utility) facts.push([names.left, describeUtility(utility, words, to)]);
  if (goneWithACrop) facts.push([names.hint, words.crop(list(goneWithACrop, words.kinds))]);
  return facts;
}

function describeUtility(
  { skinVisible, ssim, deltaE2000, keepUntouched, resolutionLeft, lengthScale, lengthError }: Utility,
  words: ReportWords,
  to: Speaker,
): string {
  // Rounded down: 100 % must mean all of it.
  const percent = (share: number) => to.percent(Math.floor(share * 100) / 100);
  return [
    ...(skinVisible === undefined ? [] : [words.skin(percent(skinVisible))]),
    ...(keepUntouched === undefined ? [] : [words.keep(percent(keepUntouched))]),
    words.resolution(percent(resolutionLeft)),
    ...(lengthScale === undefined || lengthError === undefined
      ? []
      : [words.length(to.number(lengthScale, 3), to.number(lengthError * 100, 1))]),
    ...(ssim === undefined ? [] : [`SSIM ${to.number(ssim, 3)}`]),
    ...(deltaE2000 === undefined ? [] : [`ΔE ${to.number(deltaE2000, 2)}`]),
  ].join(', ');
}

/** The reasons that matter most; docs/RISK.md lists those that are the same for every photo. */
function worst({ reasons }: RiskScore, when: RiskReason['when']): RiskReason[] {
  const ofThen = reasons.filter((reason) => reason.when === when && reason.probability >= WORTH_TELLING);
  return ofThen.sort((a, b) => b.probability - a.probability).slice(0, MOST_REASONS);
}

function list(counts: Readonly<Record<string, number>>, names: Readonly<Record<string, string>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${names[name] ?? name} ${count}`)
    .join(', ');
}

function figure(jpeg: string | undefined, alt: string, caption: string): string {
  if (jpeg === undefined) return '';
  return `<figure><img alt="${escape(alt)}" src="data:image/jpeg;base64,${jpeg}"><figcaption>${caption}</figcaption></figure>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
