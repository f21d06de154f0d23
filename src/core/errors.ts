import { ERROR_CODES, type ErrorCode, type Stage } from './error-codes.js';
import { ERROR_FINDINGS, inEnglish, type ErrorFinding } from './error-tables/index.js';
import { isOf, type Finding } from './finding.js';

export { ENDS_THE_RUN, ERROR_CODES, STAGES, type ErrorCode, type Stage } from './error-codes.js';
export type { ErrorFinding } from './error-tables/index.js';

/** An error on its way between processes, perhaps of another version. */
export interface ErrorOnTheWay extends Finding {
  readonly stage: Stage;
}

/** What an error looks like in JSON output. */
export interface SerializedError extends ErrorOnTheWay {
  readonly code: ErrorCode;
  /** In English. */
  readonly message: string;
}

/**
 * Every error that this project throws on purpose: a finding, whose English sentence is the message. Neither holds
 * metadata or text from a photo, nor, but for wrong usage, the name of a file.
 */
export class ImageDeidError extends Error {
  override readonly name = 'ImageDeidError';
  readonly code: ErrorCode;

  constructor(
    readonly finding: ErrorFinding,
    readonly stage: Stage,
    options?: { cause?: unknown },
  ) {
    super(inEnglish(finding), options);
    this.code = codeOf(finding) ?? 'internal';
  }

  toJSON(): SerializedError {
    return { code: this.code, stage: this.stage, ...this.finding, message: this.message };
  }

  /** What another process has to know. */
  onTheWay(): ErrorOnTheWay {
    return { ...this.finding, stage: this.stage };
  }

  /** Restores an error that another process threw; what this version cannot say becomes the sentence of its code. */
  static from({ id, values, stage }: ErrorOnTheWay): ImageDeidError {
    const finding = { id, values };
    return new ImageDeidError(isError(finding) ? finding : plainError(codeOf(finding) ?? 'internal'), stage);
  }
}

/** The finding of a code alone. */
export function plainError(code: ErrorCode): ErrorFinding {
  return { id: `error/${code}`, values: {} } as ErrorFinding;
}

/** Wraps what a library threw; its own message stays in `cause` because it may name a file. */
export function asImageDeidError(error: unknown, stage: Stage): ImageDeidError {
  if (error instanceof ImageDeidError) return error;
  return new ImageDeidError({ id: 'error/internal/unexpected', values: { stage } }, stage, { cause: error });
}

function isError(finding: Finding): finding is ErrorFinding {
  return isOf(ERROR_FINDINGS, finding);
}

function codeOf({ id }: Finding): ErrorCode | undefined {
  const [, named] = id.split('/');
  return ERROR_CODES.find((code) => code === named);
}
