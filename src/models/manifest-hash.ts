/**
 * SHA-256 of models/manifest.json, so that no model can be swapped together with its hash; `npm run build` compares.
 */
export const MANIFEST_SHA256 = '9b8e86c6e6882e5157985cb0fccd65f691291f675c5d863489ee17b4f6c4260e';
