import { stat } from 'node:fs/promises';
import type { StoredRecord } from './contract.js';
import { Ledger } from './ledger.js';
import type { ChainEnd } from './ledger-chain.js';
import type { Lock } from './lock.js';
import { NameMap } from './name-map.js';
import type { OutputPlace } from './output-place.js';
import { keep, settle, type ReviewedPhoto, type SettledPhoto } from './reviewed-photos.js';
import { Tally } from './tally.js';

/** A photo's original, as the name map has it. */
export interface Original {
  /** In base64: a name need not be UTF-8. */
  readonly path: string;
  readonly sourceId: string;
}

/**
 * What a ledger and a name map say about the photos of a run. They are read once; later only what was added since,
 * which has to continue what was read.
 */
export class ReviewedLedger {
  readonly photos = new Map<number, ReviewedPhoto>();
  readonly settled = new Map<number, SettledPhoto>();
  /** Where the originals lay and what was treated there, keyed by the `seq` of the photo's first record. */
  readonly originals = new Map<number, Original>();
  readonly tally = new Tally();
  /** Photos that a person decided about, whose files may not lie where the decision says. */
  readonly unmoved = new Set<number>();
  /** Most photos of a run have the same settings and models. */
  private readonly shared = new Map<string, unknown>();
  private end: ChainEnd | undefined;
  private namesRead = 0;

  constructor(private readonly place: OutputPlace) {}

  /** Reads what is new, without a lock. @throws {ImageDeidError} ledger-broken, also when it is another ledger now */
  async readOn(): Promise<void> {
    const { size } = await stat(this.place.ledger);
    if (size === this.end?.wholeBytes) return;
    const add = this.add.bind(this);
    this.end = await Ledger.read(this.place.ledger, add, this.end);
    await this.readNames();
  }

  /** The same for somebody who holds the folder, and may then write. @throws {ImageDeidError} ledger-broken */
  async openLedger(lock: Lock): Promise<Ledger> {
    const ledger = await Ledger.open(this.place.ledger, lock, this.add.bind(this), this.end);
    this.end = ledger.end;
    await this.readNames();
    return ledger;
  }

  /** Takes over what was written to an opened ledger. */
  written(ledger: Ledger, record: StoredRecord): void {
    this.add(record);
    this.end = ledger.end;
  }

  /** A line may come before its record, and another one of the same number later: the last counts. */
  private async readNames(): Promise<void> {
    this.namesRead = await NameMap.read(
      this.place.names,
      ({ seq, path, source }) => this.originals.set(seq, { path, sourceId: source }),
      this.namesRead,
    );
  }

  private add(whole: StoredRecord): void {
    const record = { ...whole, settings: this.once(whole.settings), models: this.once(whole.models) };
    keep(this.photos, record);
    settle(this.settled, record);
    this.tally.add(record);
    if (record.decisionOf !== undefined) this.unmoved.add(record.decisionOf);
  }

  /** The first value that is equal: a million copies would not fit into the memory. */
  private once<T>(value: T): T {
    const key = JSON.stringify(value);
    const known = this.shared.get(key) as T | undefined;
    if (known === undefined) this.shared.set(key, value);
    return known ?? value;
  }
}
