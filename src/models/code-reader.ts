import { prepareZXingModule, readBarcodes, ZXING_WASM_VERSION, type ReadResult } from 'zxing-wasm/reader';
import { ImageDeidError } from '../core/errors.js';
import type { Point } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import { firstFile, loadModel, type ModelIdentity } from './model-store.js';

/** In models/manifest.json. */
export const CODE_MODEL = 'zxing-wasm';
/** More codes than this on one photo are hardly real, and each costs time. */
const MOST_CODES = 64;

/** A code as the reader saw it; what it says is dropped. */
export interface SeenCode {
  /** Four, in pixels; for a linear code they enclose only the scanned lines. */
  readonly corners: readonly Point[];
  /** Whether it could be decoded. */
  readonly isRead: boolean;
}

/** QR codes, Data Matrix, Aztec, PDF417 and bar codes, by ZXing-C++ as WebAssembly. */
export interface CodeReader {
  readonly identity: ModelIdentity;
  /** @throws {ImageDeidError} detector-failed */
  read(image: PixelImage): Promise<SeenCode[]>;
}

let opened: Promise<CodeReader> | undefined;

/** Starts the reader once per process. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export function openCodeReader(): Promise<CodeReader> {
  return (opened ??= startReader());
}

async function startReader(): Promise<CodeReader> {
  const loaded = await loadModel(CODE_MODEL);
  // Given the bytes, the package has no need to download them.
  const wasmBinary = Uint8Array.from(firstFile(loaded)).buffer;
  try {
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  } catch (cause) {
    throw new ImageDeidError({ id: 'error/engine-unavailable/code-reader', values: {} }, 'models', { cause });
  }
  return {
    identity: { id: CODE_MODEL, sha256: loaded.sha256, engine: `zxing-wasm ${ZXING_WASM_VERSION}` },
    read: async (image) => (await readAll(image)).map(seenCode),
  };
}

async function readAll(image: PixelImage): Promise<ReadResult[]> {
  try {
    return await readBarcodes(greyMap(image), {
      tryHarder: true,
      returnErrors: true,
      maxNumberOfSymbols: MOST_CODES,
    });
  } catch (cause) {
    throw new ImageDeidError({ id: 'error/detector-failed/code-reader', values: {} }, 'detect', { cause });
  }
}

/** A portable grey map (PGM): the reader uses luma alone, and colours would take four times the memory. */
export function greyMap({ width, height, channels, data }: PixelImage): Uint8Array {
  const header = new TextEncoder().encode(`P5 ${width} ${height} 255\n`);
  const file = new Uint8Array(header.length + width * height);
  file.set(header);
  for (let to = header.length, from = 0; to < file.length; to++, from += channels) {
    const [r, g, b] = [data[from] as number, data[from + 1] as number, data[from + 2] as number];
    // The formula by which ZXing-C++ itself turns colours to grey.
    file[to] = (306 * r + 601 * g + 117 * b + 512) >> 10;
  }
  return file;
}

function seenCode({ position, isValid }: ReadResult): SeenCode {
  const { topLeft, topRight, bottomRight, bottomLeft } = position;
  const corners = [topLeft, topRight, bottomRight, bottomLeft].map(({ x, y }): Point => [x, y]);
  return { corners, isRead: isValid };
}
