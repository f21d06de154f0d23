import { encoderVersions, proveEncoding } from '../../../formats/index.js';
import type { Check } from '../../contract.js';
import { ENCODING_PROOF } from './declaration.js';

const { id: ID } = ENCODING_PROOF;

/**
 * The written file must be exactly what encoding its own picture gives: a payload can hide in codes, tables and
 * compressed data that the container walk does not open. `verify` proves the same for whoever receives the file.
 * Not its job: what is in the pixels and coefficients themselves.
 */
export const encodingProof: Check = {
  id: ID,
  async run({ staged, format, limits }) {
    return { check: ID, ...(await proveEncoding(staged, format, limits, encoderVersions(format.id))) };
  },
};
