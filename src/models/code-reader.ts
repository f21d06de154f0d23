import { prepareZXingModule, readBarcodes, ZXING_WASM_VERSION, type ReadResult } from 'zxing-wasm/reader';
import { ImageDeidError } from '../core/errors.js';
import type { Point } from '../core/geometry.js';
import type { GreyImage } from '../imaging/grey.js';
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
  /**
   * @param look what is looked for: `every` code, or in a further, turned copy only those that turning helps to find
   * @throws {ImageDeidError} detector-failed
   */
  read(image: GreyImage, look: CodeLook): Promise<SeenCode[]>;
}

export type CodeLook = 'every' | 'turned';

/** Light codes on dark ground are looked for once, and small kinds of QR codes are found at any angle. */
const LOOKS = {
  every: {},
  turned: { formats: ['AllLinear', 'PDF417', 'DataMatrix', 'Aztec', 'QRCode'], tryInvert: false },
} as const satisfies Record<CodeLook, object>;

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
    read: async (image, look) => (await readAll(image, look)).map(seenCode),
  };
}

async function readAll(image: GreyImage, look: CodeLook): Promise<ReadResult[]> {
  const { formats, ...how } = { formats: [], ...LOOKS[look] };
  try {
    return await readBarcodes(greyMap(image), {
      ...how,
      formats: [...formats],
      tryHarder: true,
      returnErrors: true,
      maxNumberOfSymbols: MOST_CODES,
    });
  } catch (cause) {
    throw new ImageDeidError({ id: 'error/detector-failed/code-reader', values: {} }, 'detect', { cause });
  }
}

/** A portable grey map (PGM): the reader uses luma alone, and colours would take four times the memory. */
function greyMap({ width, height, data }: GreyImage): Uint8Array {
  const header = new TextEncoder().encode(`P5 ${width} ${height} 255\n`);
  const file = new Uint8Array(header.length + data.length);
  file.set(header);
  file.set(data, header.length);
  return file;
}

function seenCode({ position, isValid }: ReadResult): SeenCode {
  const { topLeft, topRight, bottomRight, bottomLeft } = position;
  const corners = [topLeft, topRight, bottomRight, bottomLeft].map(({ x, y }): Point => [x, y]);
  return { corners, isRead: isValid };
}
