import type { PixelImage } from '../core/image.js';
import type { Redaction } from '../core/detection.js';

/** A way of covering. `apply` changes pixels in place, inside the polygon only, and leaves alpha opaque there. */
export interface RedactionStyle {
  readonly id: 'blur' | 'pixelate' | 'solid';
  /** One line for --help. */
  readonly description: string;
  /**
   * @param mask one byte per pixel of the redaction's bounding box cut to the image (row by row), 255 inside
   * @param random uniform in [0, 1); cryptographic in use, seeded in tests
   */
  apply(image: PixelImage, redaction: Redaction, mask: RegionMask, random: () => number): void;
}

/** The rasterised polygon: pixel (x, y) is inside when `data[(y - top) * width + (x - left)]` is 255. */
export interface RegionMask {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
