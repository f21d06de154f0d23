import type { MetadataFinding, MetadataGroup } from '../core/metadata.js';

/** How many findings each group has, the largest first; groups without any are left out. */
export function groupFindings(findings: readonly MetadataFinding[]): Map<MetadataGroup, number> {
  const counts = new Map<MetadataGroup, number>();
  for (const { group } of findings) counts.set(group, (counts.get(group) ?? 0) + 1);
  return new Map([...counts].sort((a, b) => b[1] - a[1]));
}

/** Whether something was found that could identify a person, place or device. */
export function hasIdentifying(findings: readonly MetadataFinding[]): boolean {
  return findings.some((finding) => finding.identifying);
}
