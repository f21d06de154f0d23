import type { GateFinding } from '../core/findings.js';
import { DESTINATIONS, type Destination } from './destinations.js';
import { mostRisk, type Decision } from './gate.js';

/** For whom a run was made: what a person changes about one of its photos later may not quietly exceed it. */
export interface RunBounds {
  readonly destination: Destination;
  /** The user's own limit, where it was stricter. */
  readonly maxRisk?: number | undefined;
}

/** Whether a destination accepts more than the run's. */
export function isLaxer(destination: Destination, run: RunBounds): boolean {
  return DESTINATIONS.indexOf(destination) > DESTINATIONS.indexOf(run.destination);
}

/**
 * What the gate decided about a photo of a run, for a destination that a person chose: one that accepts more than the
 * run's lets it out only with a reason, which the record says.
 */
export function withinRun(decision: Decision, destination: Destination, run: RunBounds): Decision {
  if (!isLaxer(destination, run)) return decision;
  const mark: GateFinding = {
    id: 'gate/laxer-than-run',
    values: { destination, run: run.destination, most: mostRisk(run.destination, run.maxRisk) },
  };
  return {
    outcome: decision.outcome === 'refused' ? 'refused' : 'review',
    reasons: [...decision.reasons, mark],
    lookingIsEnough: false,
  };
}
