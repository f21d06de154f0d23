import { createHash } from 'node:crypto';
import { DETECTION_KINDS } from '../core/detection.js';
import type { Finding, Speaker } from '../core/finding.js';
import type { Language } from '../core/language.js';
import { reasonNamer, REPORT_WORDS, speakerOf, type ReportWords } from '../words/index.js';
import { escape } from './markup.js';
import {
  PHOTO_STATES,
  reasonsOf,
  type Overview,
  type ReportKind,
  type ReportRecords,
  type StandingPhoto,
} from './report-entries.js';
import { factsOf, type Fact } from './report-facts.js';
import { renderOverview } from './report-overview.js';
import type { ReportPictures } from './report-pictures.js';
import { SCRIPT } from './report-script.js';
import { STYLE } from './report-style.js';

/** What a report is about. */
export interface ReportFacts extends Omit<ReportRecords, 'reports'> {
  readonly kind: ReportKind;
  readonly overview: Overview;
  readonly pictures: ReportPictures;
  /** True when the run was stopped before its last photo. */
  readonly isInterrupted: boolean;
  /** Of writing; only the day is told. */
  readonly date: Date;
}

/** What every photo of a report is written with. */
interface Writing extends ReportFacts {
  readonly words: ReportWords;
  readonly to: Speaker;
  readonly nameOf: (reason: Finding) => string;
}

/**
 * A report: one page with its own style and script, and nothing from outside but redacted pictures in files beside it.
 */
export function renderReport(facts: ReportFacts, language: Language): string {
  const words = REPORT_WORDS[language];
  const to = speakerOf(language);
  const writing: Writing = { ...facts, words, to, nameOf: reasonNamer(language, to) };
  const { kind, overview, most } = facts;
  const reasons = new Map([...overview.reasons.keys()].map((name, i) => [name, i]));
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file:; style-src ${sourceOf(STYLE)}; script-src ${sourceOf(SCRIPT)}; form-action 'none'; base-uri 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${words.title[kind]}</title>
<style>${STYLE}</style></head><body><main>
${renderTop(writing, language)}
${renderOverview(overview, most, words, to)}
${renderFind(writing)}
${overview.entries.map((photo) => renderPhoto(photo, writing, reasons)).join('\n')}
</main><script>${SCRIPT}</script></body></html>
`;
}

function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function renderTop(facts: Writing, language: Language): string {
  const { kind, states, settings, most, overview, isInterrupted, date, words, to } = facts;
  const { photos, entries } = overview;
  const all = Object.values(states).reduce((sum, count) => sum + count, 0);
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(date);
  const run: Fact[] = [
    ...(settings
      ? [
          [words.goesTo, words.destinations[settings.destination]] as const,
          [words.limit, words.mostRisk(to.percent(most))] as const,
        ]
      : []),
    [words.date, day],
  ];
  const counts = PHOTO_STATES.filter((state) => states[state] > 0)
    .map((state) => `<li><b>${states[state]}</b>${words.states[state]}: ${words.meaning[state]}</li>`)
    .join('');
  const legend = DETECTION_KINDS.map((each) => `<span class="dot ${each}"></span>${words.kinds[each]}`).join(
    '',
  );
  return `<h1>${words.title[kind]}</h1>
<dl class="run">${renderFacts(run)}</dl>
<p>${words.photos(all)}${isInterrupted ? words.interrupted : ''}. ${words.introduction[kind]}
${entries.length < photos ? words.first(entries.length, photos) : ''}</p>
${counts && `<ul class="counts">${counts}</ul>`}
<p class="soft">${words.pictures}${legend}</p>`;
}

/** Hidden until the script is there that makes it work. */
function renderFind({ overview, words }: Writing): string {
  const { find, shown } = words;
  const option = (value: string | number, name: string) => `<option value="${value}">${escape(name)}`;
  const select = (name: 'state' | 'reason' | 'kind', options: readonly string[]) =>
    `<label>${find[name]}<select name="${name}">${option('', find.any)}${options.join('')}</select></label>`;
  const states = new Set(overview.entries.map(({ state }) => state));
  return `<form id="find" role="search" autocomplete="off" hidden data-none="${shown(0)}" data-one="${shown(1)}" data-many="${shown(2).replace('2', '#')}">
<label>${find.search}<input type="search" name="search"></label>
${select(
  'state',
  PHOTO_STATES.filter((state) => states.has(state)).map((state) => option(state, words.states[state])),
)}
${select(
  'reason',
  [...overview.reasons.keys()].map((name, i) => option(i, name)),
)}
${select(
  'kind',
  DETECTION_KINDS.map((kind) => option(kind, words.kinds[kind])),
)}
<button type="reset">${find.reset}</button><output name="shown" aria-live="polite"></output></form>`;
}

function renderPhoto(photo: StandingPhoto, writing: Writing, reasons: ReadonlyMap<string, number>): string {
  const { seq, state, last, found } = photo;
  const { kind, words, to, nameOf, pictures, settings } = writing;
  const { first, more } = factsOf(photo, kind, words, to, settings?.destination);
  const [numbers, kinds] = [
    new Set(reasonsOf(photo).map((reason) => reasons.get(nameOf(reason)))),
    Object.keys(found.found?.detections ?? {}),
  ];
  const picture = pictures.get(seq);
  const alt = picture?.isOutlined ? words.outlined(seq) : words.written(seq);
  const from = kind === 'private' ? '../' : '';
  const file = last.output ? `${last.outcome}/${last.output.name}` : undefined;
  return `<article class="${state}" data-state="${state}" data-reasons="${[...numbers].join(' ')}" data-kinds="${kinds.join(' ')}">${
    picture ? `<img loading="lazy" alt="${alt}" src="${picture.address}">` : ''
  }<div><h2>${words.photo(seq)} <span class="badge">${words.states[state]}</span>${
    file === undefined ? '' : ` <a href="${from}${file}">${file}</a>`
  }</h2><dl>${renderFacts(first)}</dl>${
    more.length > 0 ? `<details><summary>${words.more}</summary><dl>${renderFacts(more)}</dl></details>` : ''
  }</div></article>`;
}

/** The ends of `dt` and `dd` may be left out, and a name need not be said twice: many bytes in a long report. */
function renderFacts(facts: readonly Fact[]): string {
  return facts
    .map(([name, text], i) => `${facts[i - 1]?.[0] === name ? '' : `<dt>${escape(name)}`}<dd>${escape(text)}`)
    .join('');
}
