import type { RiskReason, RiskScore } from '../risk/contract.js';
import type { Utility } from '../utility/index.js';
import type { StoredRecord, Outcome } from './contract.js';
import { COLOURS } from './thumbnails.js';

/** A photo's line in the ledger and its small views as JPEG in base64. */
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
const MEANING = {
  cleared: 'passed every check for the chosen destination',
  review: 'redacted, but a person must look before it is shared',
  refused: 'nothing was written',
} as const;

/** Of a photo's reasons, those from this probability on, and no more than that many. */
const WORTH_TELLING = 0.02;
const MOST_REASONS = 4;

/** A page with more photos is too long to read; the ledger has them all. */
export const MOST_ENTRIES = 2000;

/** What a report is of. */
export interface ReportFacts {
  /** "shared": report.html, with what was cleared; "private": review/report.html, with all the rest. */
  readonly kind: 'shared' | 'private';
  /** Of the whole run. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** True when the run was stopped before its last photo. */
  readonly isInterrupted: boolean;
  /** How many photos a report of this kind is about; `entries` may be fewer. */
  readonly photos: number;
  readonly entries: readonly ReportEntry[];
}

const INTRODUCTION = {
  shared:
    'What was cleared follows. Photos that a person must look at, and refusals, are in review/report.html, which is not to be shared.',
  private:
    'Not to be shared: photos that a person must look at before anybody else sees them, and photos that were refused. What was cleared is in report.html.',
} as const;

/** A report: one page without script, links or anything from outside; shows redacted pixels only. */
export function renderReport({ kind, outcomes, isInterrupted, photos, entries }: ReportFacts): string {
  const all = outcomes.cleared + outcomes.review + outcomes.refused;
  const counts = (['cleared', 'review', 'refused'] as const)
    .map(
      (outcome) => `<li><b class="${outcome}">${outcomes[outcome]}</b>${outcome}: ${MEANING[outcome]}</li>`,
    )
    .join('');
  const legend = Object.entries(COLOURS)
    .map(([kind, colour]) => `<span style="color:${colour}">■</span> ${kind}`)
    .join(' ');
  const title = kind === 'shared' ? 'image-deid report' : 'image-deid: not to be shared';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title>
<style>${STYLE}</style></head><body>
<h1>${title}</h1>
<p>${all} photos${isInterrupted ? ', and the run was stopped before its end: give the same command again to finish it' : ''}.
${INTRODUCTION[kind]}
${entries.length < photos ? `The first ${entries.length} of ${photos} follow; all are in ledger.jsonl.` : ''}
Pictures show the redacted photos only. Outlines: ${legend}</p>
<ul class="counts">${counts}</ul>
${entries.map(renderEntry).join('\n')}
</body></html>
`;
}

function renderEntry({ record, plain, outlined }: ReportEntry): string {
  const { seq, outcome, output, reasons, error } = record;
  const title = output ? `<code>${escape(`${outcome}/${output.name}`)}</code>` : '';
  const figures = [
    figure(plain, `Photo ${seq}, redacted`, 'As written'),
    figure(outlined, `Photo ${seq}, with outlines of what was covered`, 'What was covered'),
  ].join('');
  const lines = [
    ...reasons.map((reason) => ['Reason', reason]),
    ...(error ? [['Error', `${error.code} (${error.stage})`]] : []),
    ...factsOf(record),
  ];
  const facts = lines
    .map(([name, text]) => `<dt>${escape(name ?? '')}</dt><dd>${escape(text ?? '')}</dd>`)
    .join('');
  return `<article><h2>${seq}. <span class="${outcome}">${outcome}</span> ${title}</h2>${figures}<dl>${facts}</dl></article>`;
}

function factsOf({ found, risk, utility, goneWithACrop, keptBack, notExamined }: StoredRecord): string[][] {
  const facts: string[][] = [];
  if (found) {
    facts.push(['Metadata removed', list(found.metadata) || 'none found']);
    facts.push(['Seen', list(found.detections) || 'nothing to cover']);
    if (found.features) facts.push(['Seen without a face', list(found.features)]);
    if (found.allowedText > 0) facts.push(['Kept', `${found.allowedText} pieces of text, as asked`]);
    const classes = list(found.textClasses);
    if (classes) facts.push(['Text looks like', classes]);
    facts.push([
      'Covered',
      `${found.redactions} regions, ${(found.redactedShare * 100).toFixed(1)} % of the photo`,
    ]);
  }
  for (const { reason } of keptBack ?? []) facts.push(['Kept', reason]);
  for (const { kind, attested } of notExamined ?? []) {
    if (attested) facts.push(['Attested', `The user says to have looked: no ${kind}`]);
  }
  if (risk) {
    facts.push(['Risk', `${risk.before.toFixed(2)} before, ${risk.after.toFixed(2)} after`]);
    for (const when of ['before', 'after'] as const) {
      for (const { text, probability, hipaa, dicom } of worst(risk, when)) {
        const classes = [
          `HIPAA ${hipaa.join(', ')}`,
          ...(dicom.length > 0 ? [`DICOM ${dicom.join(', ')}`] : []),
        ];
        facts.push([`Risk ${when}`, `${text}: ${probability} (${classes.join('; ')})`]);
      }
    }
  }
  if (utility) facts.push(['Left to see', describeUtility(utility)]);
  if (goneWithACrop) {
    facts.push(['Hint', `--crop-to-keep would leave out: ${list(goneWithACrop)}`]);
  }
  return facts;
}

function describeUtility({ skinVisible, ssim, deltaE2000, keepUntouched, resolutionLeft }: Utility): string {
  // Rounded down: 100 % means all of it.
  const percent = (share: number) => `${Math.floor(share * 100)} %`;
  return [
    ...(skinVisible === undefined ? [] : [`${percent(skinVisible)} of the skin`]),
    ...(keepUntouched === undefined ? [] : [`${percent(keepUntouched)} of the kept regions`]),
    `${percent(resolutionLeft)} of the resolution`,
    ...(ssim === undefined ? [] : [`SSIM ${ssim.toFixed(3)}`]),
    ...(deltaE2000 === undefined ? [] : [`ΔE ${deltaE2000.toFixed(2)}`]),
  ].join(', ');
}

/** The reasons that matter most; what is the same for every photo is in docs/RISK.md. */
function worst({ reasons }: RiskScore, when: RiskReason['when']): RiskReason[] {
  const ofThen = reasons.filter((reason) => reason.when === when && reason.probability >= WORTH_TELLING);
  return ofThen.sort((a, b) => b.probability - a.probability).slice(0, MOST_REASONS);
}

function list(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function figure(jpeg: string | undefined, alt: string, caption: string): string {
  if (jpeg === undefined) return '';
  return `<figure><img alt="${escape(alt)}" src="data:image/jpeg;base64,${jpeg}"><figcaption>${caption}</figcaption></figure>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
