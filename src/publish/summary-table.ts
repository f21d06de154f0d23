import { csvLine } from '../core/csv.js';
import { DETECTION_KINDS } from '../core/detection.js';
import type { Speaker } from '../core/finding.js';
import { mostRisk } from '../risk/index.js';
import { reasonsOf, type StandingPhoto } from './report-entries.js';

/** Names of the columns: for programs, and so in no language. */
export const TABLE_HEAD = csvLine([
  'number',
  'state',
  'photo',
  'reviewer',
  'destination',
  'most_risk',
  'risk_before',
  'risk_after',
  'covered_share',
  'regions',
  ...DETECTION_KINDS,
  'metadata',
  'reasons',
  'why',
]);

/** A photo's line in summary.csv: nothing that the ledger does not hold; numbers have a point, shares are 0–1. */
export function tableLine(photo: StandingPhoto, to: Speaker): string {
  const { seq, state, last, found } = photo;
  const { destination, maxRisk } = last.settings;
  const risk = last.risk ?? found.risk;
  const seen = found.found;
  const reasons = reasonsOf(photo);
  return csvLine([
    String(seq),
    state,
    last.output ? `${last.outcome}/${last.output.name}` : '',
    last.reviewer ?? '',
    destination,
    String(mostRisk(destination, maxRisk)),
    risk ? risk.before.toFixed(4) : '',
    risk ? risk.after.toFixed(4) : '',
    seen ? seen.redactedShare.toFixed(4) : '',
    seen ? String(seen.redactions) : '',
    ...DETECTION_KINDS.map((kind) => (seen ? String(seen.detections[kind] ?? 0) : '')),
    seen ? String(Object.values(seen.metadata).reduce((sum, count) => sum + count, 0)) : '',
    reasons.map(({ id }) => id).join(' '),
    reasons.map((reason) => to.say(reason)).join('; '),
  ]);
}
