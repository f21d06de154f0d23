/** The part of the program in which an error arose. */
export const STAGES = [
  'usage',
  'read',
  'inspect',
  'decode',
  'detect',
  'plan',
  'redact',
  'encode',
  'verify',
  'score',
  'publish',
  'worker',
  'models',
] as const;
export type Stage = (typeof STAGES)[number];

/**
 * What went wrong, as a word that programs may rely on. An error caused by a photo refuses that photo; the codes
 * in `ENDS_THE_RUN` end the run.
 */
export const ERROR_CODES = [
  'empty-file',
  'too-large',
  'too-many-pixels',
  'too-many-frames',
  'not-an-image',
  'unsupported-format',
  'not-a-regular-file',
  'outside-input',
  'unreadable',
  'changed-while-reading',
  'truncated',
  'malformed',
  'decode-failed',
  'timeout',
  'worker-crashed',
  'out-of-memory',
  'detector-failed',
  'encode-failed',
  'unclean-output',
  'usage',
  'output-not-empty',
  'output-inside-input',
  'output-locked',
  'output-unwritable',
  'disk-full',
  'input-gone',
  'queue-unavailable',
  'not-cleared',
  'decided',
  'ledger-broken',
  'signature-broken',
  'model-missing',
  'model-mismatch',
  'engine-unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The photo is not at fault: the next one would meet the same error. */
export const ENDS_THE_RUN: readonly ErrorCode[] = [
  'disk-full',
  'input-gone',
  'queue-unavailable',
  'output-unwritable',
  'output-locked',
  'ledger-broken',
  'signature-broken',
  'model-missing',
  'model-mismatch',
  'engine-unavailable',
];
