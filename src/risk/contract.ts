import type { IdentifierClasses } from './identifier-classes.js';

/** One thing that raises the risk, and what kind of identifier it is about. */
export interface RiskReason extends IdentifierClasses {
  /** In the table of docs/RISK.md. */
  readonly id: string;
  /** 0–1, of this reason alone. */
  readonly probability: number;
  /** In plain words. */
  readonly text: string;
  readonly when: 'before' | 'after';
}

/** Risk that a stranger learns who the patient is, 0–1; how far it is measured, docs/RISK.md says. */
export interface RiskScore {
  /** Of the source. */
  readonly before: number;
  /** Of the written file. */
  readonly after: number;
  readonly reasons: readonly RiskReason[];
}
