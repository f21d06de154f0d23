import type { PreviewedEntry } from '../batch/preview-entry.js';
import type { Detection } from '../core/detection.js';
import type { MetadataFinding } from '../core/metadata.js';
import { describeGroup, groupFindings } from '../metadata/index.js';

/** These have no plural of their own, or a plural that reads badly. */
const UNCOUNTED = new Set(['text', 'other', 'address']);

/** The result of `inspect` for people, ending in an empty line. */
export function describeInspection(file: string, result: PreviewedEntry): string {
  if ('error' in result)
    return `${printable(file)}\n  refused: ${result.error.message} (${result.error.code})\n\n`;
  const lines = [
    printable(file),
    `  ${result.format.toUpperCase()}, ${result.width} × ${result.height} pixels${result.frames > 1 ? `, ${result.frames} frames` : ''}`,
    ...describeMetadata(result.metadata.findings),
    `  would be covered: ${countKinds(result.detections.filter(({ allowed, feature }) => !allowed && !feature).map(({ kind }) => kind))}`,
    ...describeFeatures(result.detections),
    ...describeText(result.detections),
    ...result.notExamined.map((reason) => `  not examined: ${reason}`),
    `  risk before: ${result.risk.before.toFixed(2)}`,
    ...result.risk.reasons.map((reason) => `    - ${reason}`),
  ];
  return `${lines.join('\n')}\n\n`;
}

function describeMetadata(findings: readonly MetadataFinding[]): string[] {
  const groups = groupFindings(findings.filter(({ identifying }) => identifying));
  if (groups.size === 0) return ['  metadata: nothing that identifies'];
  return [...groups].map(([group, count]) => `  metadata: ${describeGroup(group)} (${count})`);
}

/** Single features of a face; nothing where there are none. */
function describeFeatures(detections: readonly Detection[]): string[] {
  const features = detections.flatMap(({ feature }) => feature ?? []);
  return features.length > 0
    ? [`  without a face around: ${countKinds(features)} (covered with --extent wide)`]
    : [];
}

/** What the text looks like and what of it stays; nothing where there is none. */
function describeText(detections: readonly Detection[]): string[] {
  const classes = detections.flatMap(({ textClass }) => textClass ?? []);
  const allowed = detections.filter((detection) => detection.allowed).length;
  return [
    ...(classes.length > 0 ? [`  text looks like: ${countKinds(classes)}`] : []),
    ...(allowed > 0 ? [`  text that stays: ${allowed}`] : []),
  ];
}

/** "2 faces, 1 text" from a list of kinds. */
export function countKinds(kinds: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const plural = (kind: string, n: number) => (n === 1 || UNCOUNTED.has(kind) ? kind : `${kind}s`);
  return [...counts].map(([kind, n]) => `${n} ${plural(kind, n)}`).join(', ') || 'nothing';
}

/** A name as it may be shown on a terminal: control and direction characters become a replacement sign. */
function printable(name: string): string {
  // eslint-disable-next-line no-control-regex -- these are what must not reach a terminal
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
