import type { Finding } from '../core/finding.js';
import { mostRisk } from '../risk/index.js';
import type { StoredRecord } from './contract.js';
import { Histogram } from './histogram.js';
import type { Ledger } from './ledger.js';
import type { Tally } from './tally.js';

/** A page with more photos than this is too long to read; the table has them all. */
export const MOST_ENTRIES = 2000;

/** What became of a photo, and who said so: the tool cleared or refused it, a person accepted or rejected it. */
export const PHOTO_STATES = ['cleared', 'accepted', 'review', 'rejected', 'refused'] as const;
export type PhotoState = (typeof PHOTO_STATES)[number];

/** What is known of a photo after its last record. */
export interface StandingPhoto {
  /** Number of its first record. */
  readonly seq: number;
  readonly state: PhotoState;
  readonly last: StoredRecord;
  /** The last record with what the tool found: a decision does not repeat that. */
  readonly found: StoredRecord;
}

/** Which photos a report is about: those that the tool or a person cleared, or those that a person has to do with. */
export type ReportKind = 'shared' | 'private';

/** What one report tells of its photos together. */
export interface Overview {
  readonly photos: number;
  /** Of the written files. */
  readonly risks: Histogram;
  /** Shares of the photos. */
  readonly covered: Histogram;
  /** How often each reason occurs, by its name. */
  readonly reasons: ReadonlyMap<string, number>;
  /** In the order in which they are shown; at most `MOST_ENTRIES`. */
  readonly entries: readonly StandingPhoto[];
}

export interface ReportRecords {
  /** Of the whole run. */
  readonly states: Readonly<Record<PhotoState, number>>;
  /** The run's own; undefined when nothing was treated. */
  readonly settings: StoredRecord['settings'] | undefined;
  /** The risk that its destination and its user accept. */
  readonly most: number;
  readonly reports: Readonly<Record<ReportKind, Overview>>;
}

/** Those that wait come first. */
const ORDER: Readonly<Record<ReportKind, readonly PhotoState[]>> = {
  shared: ['cleared', 'accepted'],
  private: ['review', 'refused', 'rejected', 'accepted'],
};
const RISK_EDGES = [0, 0.01, 0.02, 0.05, 0.09, 0.2, 0.33, 0.5, 1];
const COVERED_EDGES = [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1];

/** Why a photo is not simply cleared: what a person decided about still has the reasons for which it came to them. */
export function reasonsOf({ state, last, found }: StandingPhoto): readonly Finding[] {
  return state === 'cleared' ? [] : found.reasons.length > 0 ? found.reasons : last.reasons;
}

/**
 * Collects what became of every photo of a ledger.
 * @param tally of the whole ledger
 * @param nameOf gives the name of a reason's sort
 * @param onPhoto is given every photo, in the order of the last records
 * @throws {ImageDeidError} ledger-broken
 */
export async function reportRecords(
  ledger: Pick<Ledger, 'forEach'>,
  tally: Tally,
  nameOf: (reason: Finding) => string,
  onPhoto: (photo: StandingPhoto) => void,
): Promise<ReportRecords> {
  const states: Record<PhotoState, number> = { cleared: 0, accepted: 0, review: 0, rejected: 0, refused: 0 };
  // Of photos that a person has decided about.
  const examined = new Map<number, StoredRecord>();
  let settings: StoredRecord['settings'] | undefined;
  let building: Readonly<Record<ReportKind, Building>> | undefined;
  await ledger.forEach((record) => {
    const seq = record.decisionOf ?? record.seq;
    settings ??= record.settings;
    building ??= { shared: new Building(mostRiskOf(record)), private: new Building(mostRiskOf(record)) };
    if (tally.isDecided(seq)) {
      const before = examined.get(seq);
      // What was covered differently was examined again; the reasons why it waited stay.
      if (!before) examined.set(seq, record);
      else if (record.found) examined.set(seq, { ...record, reasons: before.reasons });
    }
    if (!tally.isLast(record)) return;
    const photo = { seq, state: stateOf(record), last: record, found: examined.get(seq) ?? record };
    states[photo.state]++;
    for (const kind of ['shared', 'private'] as const) {
      if (ORDER[kind].includes(photo.state)) building[kind].add(photo, nameOf);
    }
    onPhoto(photo);
  });
  const { shared = new Building(0), private: others = new Building(0) } = building ?? {};
  return {
    states,
    settings,
    most: settings ? mostRisk(settings.destination, settings.maxRisk) : 0,
    reports: { shared: shared.done('shared'), private: others.done('private') },
  };
}

function mostRiskOf({ settings }: StoredRecord): number {
  return mostRisk(settings.destination, settings.maxRisk);
}

function stateOf({ outcome, decisionOf }: StoredRecord): PhotoState {
  if (outcome === 'review' || decisionOf === undefined) return outcome;
  return outcome === 'cleared' ? 'accepted' : 'rejected';
}

class Building {
  private readonly entries = new Map<PhotoState, StandingPhoto[]>();
  private readonly reasons = new Map<string, number>();
  private readonly covered = new Histogram(COVERED_EDGES);
  private readonly risks: Histogram;
  private photos = 0;

  constructor(most: number) {
    this.risks = new Histogram([...new Set([...RISK_EDGES, most])].sort((a, b) => a - b));
  }

  add(photo: StandingPhoto, nameOf: (reason: Finding) => string): void {
    const { state, last, found } = photo;
    this.photos++;
    const risk = last.risk ?? found.risk;
    if (risk) this.risks.add(risk.after);
    if (found.found) this.covered.add(found.found.redactedShare);
    for (const name of new Set(reasonsOf(photo).map(nameOf))) {
      this.reasons.set(name, (this.reasons.get(name) ?? 0) + 1);
    }
    const ofState = this.entries.get(state) ?? [];
    this.entries.set(state, ofState);
    if (ofState.length < MOST_ENTRIES) ofState.push(photo);
  }

  done(kind: ReportKind): Overview {
    return {
      photos: this.photos,
      risks: this.risks,
      covered: this.covered,
      reasons: new Map([...this.reasons].sort(([, a], [, b]) => b - a)),
      entries: ORDER[kind].flatMap((state) => this.entries.get(state) ?? []).slice(0, MOST_ENTRIES),
    };
  }
}
