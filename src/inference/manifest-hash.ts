/** SHA-256 of models/manifest.json, so that nobody swaps a model together with its hash; `npm run build` compares. */
export const MANIFEST_SHA256 = 'f6b2040767649ce11a4ba5bc34a72000e1b0a67231399db6412ab3769aaf845c';
