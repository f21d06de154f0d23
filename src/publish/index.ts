export type { LedgerDraft, LedgerRecord, Outcome } from './contract.js';
export { Output, type OpenOptions } from './output.js';
export { readPublicKey, readSigningKey, writeKeyPair } from './signature.js';
export { StagingPlace, type StagedPhoto } from './staging.js';
export type { Summary } from './summary.js';
export { verifyOutput, type OutputVerdict } from './verify-output.js';
