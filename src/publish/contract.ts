import type { CaptionMention } from '../core/caption.js';
import type { DetectionKind, FaceFeature, TextClass } from '../core/detection.js';
import type { ErrorCode, Stage } from '../core/errors.js';
import type { Finding } from '../core/finding.js';
import type { ImageFormat } from '../core/image.js';
import type { MetadataGroup } from '../core/metadata.js';
import type { ModelIdentity } from '../detect/contract.js';
import type { EncoderVersions } from '../formats/index.js';
import type { KeptBack } from '../redact/contract.js';
import type { RiskScore } from '../risk/contract.js';
import type { NotExamined } from '../risk/index.js';
import type { RecordedSettings } from '../settings/recorded-settings.js';
import type { SidecarKind } from '../source/contract.js';
import type { Utility } from '../utility/index.js';
import type { CheckResult } from '../verify/contract.js';

/** The schema of every record that is written. */
export const LEDGER_SCHEMA = 'image-deid/ledger@4';
/**
 * Earlier schemas that a ledger's records may have. The first had plain hashes, sizes of sources and timings; the first
 * two had English sentences where there are findings now; no record of the third replaces another photo's.
 */
export const EARLIER_SCHEMAS = ['image-deid/ledger@1', 'image-deid/ledger@2', 'image-deid/ledger@3'] as const;
export const OUTCOMES = ['cleared', 'review', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A published file. */
export interface PublishedFile {
  /** With its extension; the file lies in the folder named after the outcome. */
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly format: ImageFormat;
  /** Size of the first frame. */
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** What wrote it (`encoderVersions`): the same versions make the same bytes of its picture. Absent in old records. */
  readonly encoder?: EncoderVersions;
}

/** What a person was shown of several frames or pages before they let a photo out: all, a sheet at a time. */
export interface ShownFrames {
  readonly frames: number;
  /** How many were on one picture. */
  readonly perSheet: number;
}

/** What was found in a source and removed from what was written. Counts and names of parts only, never a value. */
export interface FoundInSource {
  readonly format: ImageFormat;
  readonly metadata: Readonly<Partial<Record<MetadataGroup, number>>>;
  /** Names of the container parts and fields that are gone. */
  readonly removed: readonly string[];
  /** Rounded up to a power of two in a record. */
  readonly trailingBytes: number;
  /** Counts over all frames. */
  readonly detections: Readonly<Partial<Record<DetectionKind, number>>>;
  /** Single features of a face that were seen, covered or not, in all frames. */
  readonly features?: Readonly<Partial<Record<FaceFeature, number>>>;
  /** What the text that could be read looks like, in all frames. */
  readonly textClasses: Readonly<Partial<Record<TextClass, number>>>;
  /** Pieces of text that the settings let stay. */
  readonly allowedText: number;
  readonly redactions: number;
  /** Share of the pixels of all frames, 0–1. */
  readonly redactedShare: number;
}

/** What became of one source; a line of ledger.jsonl. Holds no name, no text, no place and no time of day. */
export interface LedgerRecord {
  readonly schema: typeof LEDGER_SCHEMA;
  /** From 1, without gaps. */
  readonly seq: number;
  /** SHA-256 of the previous line; 64 zeros in the first. */
  readonly prev: string;
  /** The writer's fencing number: one more for each process that held the folder; never less than before. */
  readonly fence: number;
  readonly tool: string;
  /** How many lines after the previous record were unsound: `run --repair` set them aside. */
  readonly setAside?: number;
  /** The `seq` of the same photo's refusal, when the photo was to be treated again. */
  readonly retryOf?: number;
  /** The `seq` of the photo that lay in the same place before: its output is withdrawn, and it counts no more. */
  readonly replaces?: number;
  /** The `seq` of the photo that a person decided about: this record replaces the earlier outcome. */
  readonly decisionOf?: number;
  /** Initials of the person who decided. */
  readonly reviewer?: string;
  /** What they typed to let out a photo that the gate did not. */
  readonly overrideReason?: string;
  /** Absent for a single picture. */
  readonly shown?: ShownFrames;
  /** `RunKey` of the source's SHA-256: shows whether two records are about one photo. Null if it could not be read. */
  readonly source: { readonly hmac: string | null };
  readonly outcome: Outcome;
  /** Empty when cleared. */
  readonly reasons: readonly Finding[];
  /** Only with "review": every reason asks a person to look, and nothing else stands in the way. */
  readonly lookingIsEnough?: true;
  readonly error?: { readonly code: ErrorCode; readonly stage: Stage };
  readonly output?: PublishedFile;
  /** Files beside the photo that are not what their names say, and so were not used. */
  readonly notUsed?: readonly SidecarKind[];
  /** How many kept regions lie outside the photo, and so keep nothing; absent when none does. */
  readonly keepOutside?: number;
  readonly found?: FoundInSource;
  readonly keptBack?: readonly KeptBack[];
  /** `attested`: the user states that they have looked; that statement is theirs, not this tool's. */
  readonly notExamined?: readonly NotExamined[];
  readonly checks?: readonly CheckResult[];
  readonly risk?: RiskScore;
  /** What the caption that goes with the photo gives away, and in which line; absent without a caption. */
  readonly caption?: readonly CaptionMention[];
  readonly utility?: Utility;
  /** What a crop to the kept regions would leave out; absent when it would leave nothing out, or was done. */
  readonly goneWithACrop?: Readonly<Partial<Record<DetectionKind, number>>>;
  /** `hmac`: `RunKey` of `settingsHash`. */
  readonly settings: RecordedSettings & { readonly hmac: string };
  readonly models: readonly ModelIdentity[];
}

/**
 * A record as it stands in a ledger, of any version: the first version had plain hashes and no fence, and earlier ones
 * may say things that this version never says.
 */
export type StoredRecord = Omit<
  LedgerRecord,
  'schema' | 'fence' | 'source' | 'settings' | 'keptBack' | 'notExamined'
> & {
  readonly schema: typeof LEDGER_SCHEMA | (typeof EARLIER_SCHEMAS)[number];
  readonly fence?: number;
  readonly source: LedgerRecord['source'] | Pick<LedgerDraft['source'], 'sha256'>;
  readonly settings: LedgerRecord['settings'] | LedgerDraft['settings'];
  readonly keptBack?: readonly (Omit<KeptBack, 'reason'> & { readonly reason: Finding })[];
  readonly notExamined?: readonly (Omit<NotExamined, 'reason'> & { readonly reason: Finding })[];
};

/** What the output folder adds to what is known about a photo. */
type AddedHere =
  'output' | 'retryOf' | 'replaces' | 'setAside' | 'decisionOf' | 'reviewer' | 'overrideReason' | 'shown';

/** A record before it has its place in the chain. */
export type RecordContent = Omit<LedgerRecord, 'schema' | 'seq' | 'prev' | 'fence' | 'tool'>;

/** What is known about a photo before it is published; private: parts of it can be compared with guesses (`sealed`). */
export type LedgerDraft = Omit<RecordContent, AddedHere | 'source' | 'settings'> & {
  /** Nulls when the source could not be read. */
  readonly source: { readonly sha256: string | null; readonly bytes: number | null };
  /** `sha256`: `settingsHash` */
  readonly settings: RecordedSettings & { readonly sha256: string };
  /** Milliseconds per stage. */
  readonly timings: Readonly<Record<string, number>>;
};
