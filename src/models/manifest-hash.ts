/**
 * SHA-256 of models/manifest.json, so that no model can be swapped together with its hash; `npm run build` compares.
 */
export const MANIFEST_SHA256 = 'ee974fd8f2eb864390df31e1ac78623e2462650f6f1eb84259da606b3b333f27';
