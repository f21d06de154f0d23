/**
 * SHA-256 of models/manifest.json, so that no model can be swapped together with its hash; `npm run build` compares.
 */
export const MANIFEST_SHA256 = '2d1c41fe0ea7fd381c64ef2458fea24033cd225f1712f911541c170520c2512b';
