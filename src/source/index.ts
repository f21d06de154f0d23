export { collectFolder, collectInputs } from './collect-inputs.js';
export type { SourceEntry, SourceFile } from './contract.js';
export { displayName } from './display-name.js';
export { readSource } from './read-source.js';
