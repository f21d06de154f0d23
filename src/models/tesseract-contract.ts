import type { ModelIdentity } from './model-store.js';

/** One line of print, laid flat: a byte of brightness for each pixel, row by row. */
export interface GreyStrip {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface ReadWord {
  readonly text: string;
  /** 0–1 */
  readonly confidence: number;
}

/** Tesseract 5 as WebAssembly: reads Latin letters and digits of one line. What it reads never leaves memory. */
export interface PrintReader {
  readonly identity: ModelIdentity;
  /** @throws {ImageDeidError} detector-failed; the engine is started anew when it is next opened */
  read(strip: GreyStrip): ReadWord[];
}
