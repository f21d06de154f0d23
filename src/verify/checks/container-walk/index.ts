import type { ImageFormatPlugin } from '../../../formats/contract.js';
import type { Check, CheckStatus } from '../../contract.js';

const ID = 'container-walk';

/** Every part of the written container must be on its format's allow-list, and the parts must hold every byte. */
export const containerWalk: Check = {
  id: ID,
  run: ({ staged, format }) => Promise.resolve({ check: ID, ...walkContainer(staged, format) }),
};

/**
 * The check's answer for a file that is not part of a run any more.
 * @throws {ImageDeidError} when the container is malformed
 */
export function walkContainer(
  file: Uint8Array,
  format: ImageFormatPlugin,
): { readonly status: CheckStatus; readonly details: string } {
  if (!format.sniff(file.subarray(0, 4096))) {
    return { status: 'could-not-tell', details: 'The file is not of its format' };
  }
  const parts = format.walk(file);
  const left = parts.filter((part) => !part.allowed);
  if (left.length > 0) {
    const names = [...new Set(left.map(({ name }) => name))].slice(0, 10).join(', ');
    return { status: 'found', details: `${left.length} parts that a clean file may not hold: ${names}` };
  }
  const walked = parts.reduce((sum, { length }) => sum + length, 0);
  if (parts.length === 0 || walked !== file.length) {
    return { status: 'could-not-tell', details: `The walk accounts for ${walked} of ${file.length} bytes` };
  }
  return { status: 'not-found', details: `All ${parts.length} parts are on the allow-list` };
}
