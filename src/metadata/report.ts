import type { MetadataFinding, MetadataGroup } from '../core/metadata.js';

const DESCRIPTIONS: Readonly<Record<MetadataGroup, string>> = {
  place: 'place (GPS position, names of places)',
  time: 'time (when the photo was taken or changed)',
  device: 'device (camera or phone, lens, serial numbers)',
  person: 'person (names of owners, authors, people shown)',
  software: 'software (what the photo was made or edited with)',
  preview: 'preview (a small copy of the photo, perhaps from before an edit)',
  'hidden-image': 'hidden image (further pictures, depth or gain maps, video)',
  provenance: 'provenance (history, identifiers, signed origin)',
  'colour-profile': 'colour profile (may name a device or its maker)',
  comment: 'comment (free text)',
  trailing: 'trailing data (bytes after the end of the image)',
  other: 'other (could not be read, or meaning not known)',
};

/** What a group reveals, in plain words for people. */
export function describeGroup(group: MetadataGroup): string {
  return DESCRIPTIONS[group];
}

/** How many findings each group has, most first; groups without any are left out. */
export function groupFindings(findings: readonly MetadataFinding[]): Map<MetadataGroup, number> {
  const counts = new Map<MetadataGroup, number>();
  for (const { group } of findings) counts.set(group, (counts.get(group) ?? 0) + 1);
  return new Map([...counts].sort((a, b) => b[1] - a[1]));
}

/** Whether something was found that could identify a person, place or device. */
export function hasIdentifying(findings: readonly MetadataFinding[]): boolean {
  return findings.some((finding) => finding.identifying);
}
