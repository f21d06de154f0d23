import { encoderVersions, proveEncoding } from '../../../formats/index.js';
import type { Check } from '../../contract.js';
import { ENCODING_PROOF } from './declaration.js';

const { id: ID } = ENCODING_PROOF;

/**
 * The written file must be what writing its own picture gives: a payload can sit in codes, tables and compressed data that
 * the container walk does not open. `verify` proves the same at the receiver's.
 * Not its job: what is in the pixels and coefficients themselves.
 */
export const encodingProof: Check = {
  id: ID,
  async run({ staged, format, limits }) {
    return { check: ID, ...(await proveEncoding(staged, format, limits, encoderVersions(format.id))) };
  },
};
