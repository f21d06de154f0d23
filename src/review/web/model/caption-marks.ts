import type { RiskView } from '../../api.js';

/** A stretch of a caption; `class` says what in it leads to a person. */
export interface CaptionPart {
  readonly text: string;
  readonly class?: string;
}

/**
 * The caption, cut into parts at the places where something was found.
 * @param checked the text that the findings are about; nothing is marked after the first difference from it
 */
export function captionParts(text: string, checked: string, findings: RiskView['caption']): CaptionPart[] {
  const known = commonLength(text, checked);
  const parts: CaptionPart[] = [];
  let at = 0;
  for (const finding of [...findings].sort((a, b) => a.start - b.start)) {
    const end = finding.start + finding.length;
    if (finding.start < at || end > known) continue;
    if (finding.start > at) parts.push({ text: text.slice(at, finding.start) });
    parts.push({ text: text.slice(finding.start, end), class: finding.class });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

function commonLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a[at] === b[at]) at++;
  return at;
}
