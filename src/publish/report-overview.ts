import type { Speaker } from '../core/finding.js';
import type { ReportWords } from '../words/index.js';
import type { Histogram } from './histogram.js';
import { escape } from './markup.js';
import type { Overview } from './report-entries.js';

/** Bars of the remaining risks and the covered areas, and how often each reason occurs. @param most accepted risk */
export function renderOverview(
  { risks, covered, reasons }: Overview,
  most: number,
  words: ReportWords,
  to: Speaker,
): string {
  const largest = Math.max(1, ...reasons.values());
  const ofReasons = [...reasons].map(([name, count]) => bar(name, count, largest)).join('');
  return `<div class="charts">${[
    chart(words.howManyAtRisk, bars(risks, words, to, most)),
    chart(words.howManyCovered, bars(covered, words, to)),
    ofReasons && chart(words.reasons, ofReasons, 'reasons'),
  ].join('')}</div>`;
}

function chart(title: string, rows: string, kind = ''): string {
  return `<section${kind && ` class="${kind}"`}><h2>${title}</h2><ul>${rows}</ul></section>`;
}

function bars(
  { edges, counts }: Histogram,
  words: ReportWords,
  to: Speaker,
  most = Number.POSITIVE_INFINITY,
): string {
  const largest = Math.max(1, ...counts);
  return counts
    .map((count, i) => {
      const [from = 0, upTo = 0] = edges.slice(i, i + 2);
      return bar(words.range(to.percent(from), to.percent(upTo)), count, largest, from >= most);
    })
    .join('');
}

function bar(name: string, count: number, largest: number, isOver = false): string {
  const width = ((100 * count) / largest).toFixed(1);
  return `<li${isOver ? ' class="over"' : ''}><span>${escape(name)}</span><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="1"/></svg><b>${count}</b></li>`;
}
