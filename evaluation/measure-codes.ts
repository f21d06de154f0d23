/** Part of `npm run eval`: how many codes are covered, of every kind, direction and size, including damaged ones. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import sharp, { type Sharp } from 'sharp';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import type { Detection } from '../dist/core/detection.js';
import type { Point } from '../dist/core/geometry.js';
import type { PixelImage } from '../dist/core/image.js';
import { isInside } from '../dist/imaging/convex.js';
import { codeDetector } from '../dist/detect/code/index.js';
import { textDetector } from '../dist/detect/text/index.js';
import { rgbOf } from './support/rgb.ts';

const CODES = {
  QRCode: 'PATIENT 4711, MARTHA WEBER',
  DataMatrix: 'PATIENT 4711',
  Aztec: 'PATIENT 4711, 12.03.1954',
  PDF417: 'PATIENT 4711, MARTHA WEBER',
  Code128: 'PATIENT4711',
  EAN13: '4006381333931',
} as const;
const ANGLES = Array.from({ length: 12 }, (_, i) => i * 30);
/** Pixels per module. */
const SCALES = [2, 3, 5];
/** Ground around the code, in pixels. */
const AROUND = 120;
/** The share of the code that has to be covered, as the scorer counts. */
const COVERED = 0.8;
/** Modules around a code that are left white. */
const QUIET_ZONE = 4;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Kinds of damage to the picture of a code. */
const DAMAGES: Readonly<Record<string, (picture: Sharp, size: Size, scale: number) => Sharp>> = {
  whole: (picture) => picture,
  'with a scratch': (picture, { width, height }) =>
    picture.composite([
      {
        input: Buffer.from(
          `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><path d="M${width * 0.3} 0L${width * 0.45} ${height}" stroke="#d8a58e" stroke-width="${Math.max(3, width * 0.03)}"/></svg>`,
        ),
      },
    ]),
  'with a torn corner': (picture, { width, height }) =>
    picture.composite([
      {
        input: Buffer.from(
          `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><path d="M0 ${height}V${height * 0.7}L${width * 0.3} ${height}z" fill="#d8a58e"/></svg>`,
        ),
      },
    ]),
  blurred: (picture, _size, scale) => picture.blur(0.3 + scale * 0.3),
};

/** @returns lines with the figures */
export async function measureCodes(): Promise<string[]> {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
  const wasmBinary = Uint8Array.from(readFileSync(file)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  const [reading, looking] = [codeDetector(), textDetector()];
  await Promise.all([reading.load(), looking.load()]);
  const lines: string[] = [];
  for (const format of Object.keys(CODES) as (keyof typeof CODES)[]) {
    const told: string[] = [];
    for (const [damage, apply] of Object.entries(DAMAGES)) {
      let [read, seen, all] = [0, 0, 0];
      for (const scale of SCALES) {
        const { image } = await writeBarcode(CODES[format], { format, scale, addQuietZones: false });
        if (!image) throw new Error(`The code ${format} could not be made`);
        const flat = Buffer.from(await image.arrayBuffer());
        const size = await sharp(flat).metadata();
        const picture = sharp(flat).removeAlpha().toColourspace('srgb');
        const damaged = await apply(picture, size, scale).png().toBuffer();
        for (const angle of ANGLES) {
          all++;
          const code = await placed(damaged, size, angle, QUIET_ZONE * scale);
          const { detections: codes } = await reading.examine(code.image);
          if (isCovered(codes, code)) {
            read++;
            continue;
          }
          // The text network takes seconds, so it runs only where it is needed; both together have to cover the code.
          const { detections: letters } = await looking.examine(code.image);
          if (isCovered([...codes, ...letters], code)) seen++;
        }
      }
      told.push(`${damage} ${read + seen}/${all} (${read} by the code reader alone)`);
    }
    lines.push(`${format}: ${told.join(', ')}`);
  }
  return lines;
}

interface PlacedCode {
  readonly image: PixelImage;
  /** Size of the code alone, in pixels. */
  readonly size: Size;
  readonly toPicture: (point: Point) => Point;
}

/** The code on a plain ground, turned by some degrees, and the mapping from its own points to the picture's. */
async function placed(flat: Buffer, size: Size, angle: number, quiet: number): Promise<PlacedCode> {
  const side = Math.ceil(Math.hypot(size.width, size.height)) + 2 * AROUND;
  const framed = await sharp(flat)
    .extend({ top: quiet, bottom: quiet, left: quiet, right: quiet, background: '#fff' })
    .toBuffer();
  const { data: turned, info } = await sharp(framed)
    .rotate(angle, { background: '#d8a58e' })
    .png()
    .toBuffer({ resolveWithObject: true });
  const [left, top] = [Math.floor((side - info.width) / 2), Math.floor((side - info.height) / 2)];
  const skin = sharp({ create: { width: side, height: side, channels: 3, background: '#d8a58e' } });
  const [cx, cy] = [left + info.width / 2, top + info.height / 2];
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return {
    image: await rgbOf(skin.composite([{ input: turned, left, top }])),
    size,
    toPicture: ([u, v]) => [cx + u * cos - v * sin, cy + u * sin + v * cos],
  };
}

function isCovered(detections: readonly Detection[], { size, toPicture }: PlacedCode): boolean {
  let hits = 0;
  const samples = 40;
  for (let j = 0; j < samples; j++) {
    for (let i = 0; i < samples; i++) {
      const u = ((i + 0.5) / samples - 0.5) * size.width;
      const v = ((j + 0.5) / samples - 0.5) * size.height;
      const point = toPicture([u, v]);
      if (detections.some(({ polygon }) => isInside(polygon, point))) hits++;
    }
  }
  return hits / samples ** 2 >= COVERED;
}
