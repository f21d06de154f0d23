/**
 * SHA-256 of models/manifest.json, so that no model can be swapped together with its hash; `npm run build` compares.
 */
export const MANIFEST_SHA256 = '1b5d302e535c16a1ac3cd7c987c804742b073061f0b62eec15043b09dd5207f8';
