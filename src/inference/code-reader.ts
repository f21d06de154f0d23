import { prepareZXingModule, readBarcodes, ZXING_WASM_VERSION, type ReadResult } from 'zxing-wasm/reader';
import { ImageDeidError } from '../core/errors.js';
import type { Point } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import { firstFile, loadModel, type ModelIdentity } from './model-store.js';

/** In models/manifest.json. */
export const CODE_MODEL = 'zxing-wasm';
/** More on one photo are hardly real, and each costs time. */
const MOST_CODES = 64;

/** A code as the reader saw it; what it says is dropped. */
export interface SeenCode {
  /** Four, in pixels; of a linear code only the scanned lines. */
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
  // With the bytes given, the package has nothing to fetch from its content network.
  const wasmBinary = Uint8Array.from(firstFile(loaded)).buffer;
  try {
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  } catch (cause) {
    const message = 'The code reader does not start on this machine';
    throw new ImageDeidError('engine-unavailable', 'models', message, { cause });
  }
  return {
    identity: { id: CODE_MODEL, sha256: loaded.sha256, engine: `zxing-wasm ${ZXING_WASM_VERSION}` },
    read: async (image) => (await readAll(image)).map(seenCode),
  };
}

async function readAll({ width, height, channels, data }: PixelImage): Promise<ReadResult[]> {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let p = 0; p < width * height; p++) {
    for (let c = 0; c < 3; c++) rgba[p * 4 + c] = data[p * channels + c] as number;
  }
  try {
    return await readBarcodes(
      { data: rgba, width, height, colorSpace: 'srgb' },
      { tryHarder: true, returnErrors: true, maxNumberOfSymbols: MOST_CODES },
    );
  } catch (cause) {
    throw new ImageDeidError('detector-failed', 'detect', 'The code reader failed', { cause });
  }
}

function seenCode({ position, isValid }: ReadResult): SeenCode {
  const { topLeft, topRight, bottomRight, bottomLeft } = position;
  const corners = [topLeft, topRight, bottomRight, bottomLeft].map(({ x, y }): Point => [x, y]);
  return { corners, isRead: isValid };
}
