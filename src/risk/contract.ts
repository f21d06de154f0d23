import type { Finding } from '../core/finding.js';
import type { IdentifierClasses } from './identifier-classes.js';

export type { Destination } from './destinations.js';

/**
 * Where a probability comes from: `measured` by a command named in `source`; `literature`, derived from the work
 * named there; `judgement`, a prior that what is named there makes plausible, but that nobody has measured.
 */
export type Basis = 'measured' | 'literature' | 'judgement';

/** The chance that one fact alone lets somebody say who the patient is. */
export interface FactorFacts extends IdentifierClasses {
  /** 0–1, above 0. */
  readonly probability: number;
  readonly basis: Basis;
  readonly source: string;
}

/** A row of the table in docs/RISK.md. */
export interface Factor extends FactorFacts {
  readonly id: string;
}

/** One thing that raises the risk, and what kind of identifier it is about. */
export interface RiskReason extends IdentifierClasses, Finding {
  /** 0–1, of this reason alone. */
  readonly probability: number;
  readonly when: 'before' | 'after';
}

/** Risk that a stranger learns who the patient is, 0–1; docs/RISK.md says how far it is measured. */
export interface RiskScore {
  /** Of the source. */
  readonly before: number;
  /** Of the written file. */
  readonly after: number;
  readonly reasons: readonly RiskReason[];
}
