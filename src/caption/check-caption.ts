import type { CaptionClass, CaptionFinding, CaptionMention } from '../core/caption.js';
import { namesIn } from './names.js';
import { PATTERNS } from './patterns.js';
import { plainText } from './plain-text.js';

interface Span {
  readonly class: CaptionClass;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds what can lead to a person in a caption written in English or French: the identifiers of HIPAA Safe Harbor that
 * are written in words (45 CFR 164.514(b)(2)(i) A–D, F–K, N, R). A year alone or a duration does not count. Ordered by
 * position; no two overlap. docs/captions.md says what it overlooks.
 */
export function checkCaption(original: string): CaptionFinding[] {
  const { text, starts, ends } = plainText(original);
  const spans: Span[] = PATTERNS.flatMap(({ class: kind, pattern, accept }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const [start, end] = match.indices?.groups?.['hit'] ?? [match.index, match.index + match[0].length];
      return !accept || accept(text.slice(start, end), text, start) ? [{ class: kind, start, end }] : [];
    }),
  );
  spans.push(...namesIn(text).map((span) => ({ class: 'name' as const, ...span })));
  const kept = withoutOverlaps(spans, text.length).map(({ class: kind, start, end }) => {
    const from = starts[start] ?? original.length;
    return { class: kind, start: from, length: (ends[end - 1] ?? original.length) - from };
  });
  return withPositions(original, kept);
}

/** What may be kept of the findings in a caption. */
export function mentionsIn(caption: string): CaptionMention[] {
  return checkCaption(caption).map(({ class: kind, line }) => ({ class: kind, line }));
}

/** Of spans that overlap, the longest stays; of equally long ones, the one found first. */
function withoutOverlaps(spans: readonly Span[], length: number): Span[] {
  const taken = new Uint8Array(length);
  const kept: Span[] = [];
  for (const span of [...spans].sort((a, b) => b.end - b.start - (a.end - a.start))) {
    if (taken.subarray(span.start, span.end).includes(1)) continue;
    taken.fill(1, span.start, span.end);
    kept.push(span);
  }
  return kept.sort((a, b) => a.start - b.start);
}

type Unplaced = Pick<CaptionFinding, 'class' | 'start' | 'length'>;

/** Walks through the text once, because a long line may hold many findings. */
function withPositions(text: string, findings: readonly Unplaced[]): CaptionFinding[] {
  let [at, line, column] = [0, 1, 1];
  return findings.map((finding) => {
    for (const character of text.slice(at, finding.start)) {
      const isBreak = character === '\n' ? text[at - 1] !== '\r' : character === '\r';
      at += character.length;
      if (isBreak) line++;
      column = character === '\n' || character === '\r' ? 1 : column + 1;
    }
    return { ...finding, line, column };
  });
}
