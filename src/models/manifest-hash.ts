/**
 * SHA-256 of models/manifest.json, so that no model can be swapped together with its hash; `npm run build` compares.
 */
export const MANIFEST_SHA256 = 'bca9c8c468dc5dcf9cac2aef2261395f7ae32d4eec0a5088d26ab75b66493fc8';
