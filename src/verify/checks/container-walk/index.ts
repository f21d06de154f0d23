import type { ImageFormatPlugin } from '../../../formats/contract.js';
import type { FindingOf } from '../../../core/finding.js';
import type { Check, CheckStatus } from '../../contract.js';
import { CONTAINER_WALK } from './declaration.js';

const { id: ID } = CONTAINER_WALK;
/** How many names a finding lists of parts that a clean file may not hold. */
const MOST_NAMES = 10;

/** Every part of the written container must be on its format's allow-list, and the parts must hold every byte. */
export const containerWalk: Check = {
  id: ID,
  run: ({ staged, format }) => Promise.resolve({ check: ID, ...walkContainer(staged, format) }),
};

/**
 * The answer of the check above, for a file that no longer belongs to a run.
 * @throws {ImageDeidError} when the container is malformed
 */
export function walkContainer(
  file: Uint8Array,
  format: ImageFormatPlugin,
): { readonly status: CheckStatus; readonly details: FindingOf<typeof CONTAINER_WALK.findings> } {
  if (!format.sniff(file.subarray(0, 4096))) {
    return { status: 'could-not-tell', details: { id: 'container-walk/other-format', values: {} } };
  }
  const parts = format.walk(file);
  const left = parts.filter((part) => !part.allowed);
  if (left.length > 0) {
    const names = [...new Set(left.map(({ name }) => name))].slice(0, MOST_NAMES);
    const values = { parts: left.length, names };
    return { status: 'found', details: { id: 'container-walk/parts-left', values } };
  }
  const walked = parts.reduce((sum, { length }) => sum + length, 0);
  if (parts.length === 0 || walked !== file.length) {
    const values = { walked, bytes: file.length };
    return { status: 'could-not-tell', details: { id: 'container-walk/bytes-unclaimed', values } };
  }
  return { status: 'not-found', details: { id: 'container-walk/clean', values: { parts: parts.length } } };
}
