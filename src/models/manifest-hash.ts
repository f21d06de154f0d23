/**
 * SHA-256 of models/manifest.json, so that no model can be swapped together with its hash; `npm run build` compares.
 */
export const MANIFEST_SHA256 = '73f8fcbac5bf41701bea5855fec9fce1f580aa6ccd2fbe79593dfbdf4c0a7f0a';
