export type { LedgerDraft, LedgerRecord, Outcome } from './contract.js';
export { appendToLedger } from './ledger.js';
export { neutralName } from './neutral-name.js';
export { Output, type OpenOptions } from './output.js';
export { ReviewedOutput, type ReviewDecision, type ReviewedPhoto } from './reviewed-output.js';
export { readPublicKey, readSigningKey, writeKeyPair } from './signature.js';
export { StagingPlace, type StagedPhoto } from './staging.js';
export type { Summary } from './summary.js';
export { verifyOutput, type OutputVerdict } from './verify-output.js';
