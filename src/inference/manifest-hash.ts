/** SHA-256 of models/manifest.json, so that nobody swaps a model together with its hash; `npm run build` compares. */
export const MANIFEST_SHA256 = '849a30c86e619a9af6d8c1a120b85819d50182b972d42098ea58438197363629';
