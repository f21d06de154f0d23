import type { Redaction } from './detection.js';

/** How many things the redactions of a frame cover: the pieces of a group cover one. */
export function countThings(redactions: readonly Redaction[]): number {
  return new Set(redactions.map((redaction) => redaction.group ?? redaction)).size;
}
