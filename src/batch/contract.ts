import type { ProcessSettings } from '../pipeline/index.js';
import type { LedgerDraft, StagedPhoto } from '../publish/index.js';
import type { SourceEntry } from '../source/index.js';

/** An entry as it travels to another process or machine; paths in base64, because a name need not be UTF-8. */
export interface EntryOnTheWay {
  readonly path: string;
  readonly root: string;
  readonly named: boolean;
}

/** One photo to treat: where it lies and how, never its pixels. JSON. */
export interface PhotoJob {
  readonly entry: EntryOnTheWay;
  readonly settings: ProcessSettings;
  /** Sources at this path that need no treatment any more (`Output.knownOf`). */
  readonly known: readonly string[];
}

/** What became of a job. JSON. */
export type Treatment =
  | { readonly kind: 'known' }
  /** Unfinished, and going on elsewhere, when `signal` said to stop; the next run takes it up. */
  | { readonly kind: 'left' }
  | {
      readonly kind: 'treated';
      /** SHA-256 of the photo, or the code of the error that kept it from being read. */
      readonly source: string;
      readonly draft: LedgerDraft;
      /** In the output folder's staging folder; absent when refused. */
      readonly staged?: StagedPhoto;
    };

/** Treats photos: either processes of this machine, or a queue that others work on. */
export interface PhotoTreater {
  /** How many photos it can have at once. */
  readonly width: number;
  /**
   * A photo that cannot be treated gives a refusal, even when it crashed the process that treated it.
   * @param signal when aborted, work that can go on elsewhere may be left unfinished
   * @throws {ImageDeidError} those of `ENDS_THE_RUN`
   */
  treat(job: PhotoJob, signal: AbortSignal): Promise<Treatment>;
  /** Called when a treatment has its record, or needed none: what carried it can be thrown away. */
  settled?(job: PhotoJob): Promise<void>;
  /** Stops whatever is still being treated. */
  close(): Promise<void>;
}

/** An entry in the form in which a job holds it. */
export function onTheWay({ path, root, named }: SourceEntry): EntryOnTheWay {
  return { path: path.toString('base64'), root: root.toString('base64'), named };
}

/** The inverse of `onTheWay`. The name to display is left out: a process that treats a photo never shows it. */
export function arrived({ path, root, named }: EntryOnTheWay): SourceEntry {
  return { path: Buffer.from(path, 'base64'), root: Buffer.from(root, 'base64'), named, display: '' };
}
