/** What one photo may cost. Chosen so that a photo of 100 megapixels passes and a decompression bomb does not. */
export interface Limits {
  /** @default 256 MiB: four times a 100-megapixel JPEG. */
  readonly maxBytes: number;
  /** Width × height × frames. @default 120 million: 360 MB of RGB. */
  readonly maxPixels: number;
  /** @default 200 */
  readonly maxFrames: number;
  /** Longest time for one decoding or encoding, in seconds. @default 15 */
  readonly codecSeconds: number;
}

export const DEFAULT_LIMITS: Limits = {
  maxBytes: 256 * 1024 * 1024,
  maxPixels: 120_000_000,
  maxFrames: 200,
  codecSeconds: 15,
};
