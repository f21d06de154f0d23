export { Output, type FinishedFile } from './output.js';
export { readPublicKey, readSigningKey, writeKeyPair } from './signature.js';
export type { Summary } from './summary.js';
export { verifyOutput, type OutputVerdict } from './verify-output.js';
