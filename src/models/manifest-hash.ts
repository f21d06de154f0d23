/** SHA-256 of models/manifest.json, so that nobody swaps a model together with its hash; `npm run build` compares. */
export const MANIFEST_SHA256 = '27f9ffd7db2fac42f6c708778542a50e7aa1c3870e0dff00ea6a3ed9abb38da8';
