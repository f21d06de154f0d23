import { prepareZXingModule, readBarcodes, ZXING_WASM_VERSION, type ReadResult } from 'zxing-wasm/reader';
import type { Detection } from '../../core/detection.js';
import { ImageDeidError } from '../../core/errors.js';
import { boundingBox, polygonArea, type Point, type Polygon } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { minAreaRect, rectCorners } from '../../core/rotated-rect.js';
import { loadModel } from '../../inference/model-store.js';
import type { Detector, ModelIdentity } from '../contract.js';
import { visibleVersions } from '../visible-versions.js';

const ID = 'code';
const MODEL = 'zxing-wasm';
/** A code that is seen but not read may still be read by another program. */
const UNREAD_SCORE = 0.6;
/** Of a linear code only the scanned lines are reported; breadth ÷ length that is covered at least. */
const LINEAR_BREADTH = 0.6;
/** Quiet zone and bars that the scan lines missed at the ends; share of the longer side, each way. */
const MARGIN = 0.04;
/** More on one photo are hardly real, and each costs time. */
const MOST_CODES = 64;

/** QR codes, DataMatrix, Aztec, PDF417 and bar codes, by ZXing-C++. */
export function codeDetector(): Detector {
  let ready: Promise<ModelIdentity> | undefined;
  const load = () => (ready ??= openReader());
  return {
    id: ID,
    kind: 'code',
    models: [MODEL],
    load: async () => [await load()],
    examine: async (image) => {
      await load();
      const found: Detection[] = [];
      for (const version of visibleVersions(image)) {
        for (const result of await read(version)) {
          const polygon = codePolygon(result);
          if (polygon) {
            const score = result.isValid ? 1 : UNREAD_SCORE;
            found.push({ kind: 'code', box: boundingBox(polygon), polygon, score, detector: ID });
          }
        }
      }
      return { detections: found, notExamined: [] };
    },
  };
}

async function openReader(): Promise<ModelIdentity> {
  const { files, sha256 } = await loadModel(MODEL);
  const [wasm] = files.values();
  if (!wasm)
    throw new ImageDeidError(
      'model-missing',
      'models',
      `The model ${MODEL} is empty; install image-deid again`,
    );
  // With the bytes given, the package has nothing to fetch from its content network.
  const wasmBinary = Uint8Array.from(wasm).buffer;
  try {
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  } catch (cause) {
    throw new ImageDeidError(
      'engine-unavailable',
      'models',
      'The code reader does not start on this machine',
      { cause },
    );
  }
  return { id: MODEL, sha256, engine: `zxing-wasm ${ZXING_WASM_VERSION}` };
}

async function read({ width, height, data }: PixelImage): Promise<ReadResult[]> {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let p = 0; p < width * height; p++) {
    for (let c = 0; c < 3; c++) rgba[p * 4 + c] = data[p * 3 + c] as number;
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

/** What has to be covered of a code; undefined when the reader gives no place. */
function codePolygon({ position }: ReadResult): Polygon | undefined {
  const { topLeft, topRight, bottomRight, bottomLeft } = position;
  const corners = [topLeft, topRight, bottomRight, bottomLeft].map(({ x, y }): Point => [x, y]);
  const { width, height } = boundingBox(corners);
  if (Math.max(width, height) < 2) return undefined;
  // One scan line has no area: a hair's breadth lets the rectangle have a direction.
  const solid =
    polygonArea(corners) > 0
      ? corners
      : corners.flatMap(([x, y]): Point[] => [
          [x - 0.5, y - 0.5],
          [x + 0.5, y + 0.5],
        ]);
  const rect = minAreaRect(solid);
  const [length, breadth] = [rect.length, rect.breadth];
  const long = Math.max(length, breadth);
  const atLeast = LINEAR_BREADTH * long;
  return rectCorners({
    ...rect,
    length: Math.max(length, atLeast) + 2 * MARGIN * long,
    breadth: Math.max(breadth, atLeast) + 2 * MARGIN * long,
  });
}
