import sharp, { type OverlayOptions, type Sharp } from 'sharp';
import { boundingBox, type Point, type Polygon } from '../../dist/core/geometry.js';
import type { PixelImage } from '../../dist/core/image.js';
import { visibleVersions } from '../../dist/imaging/visible-versions.js';
import type { NetworkRun } from './trace.ts';

/** Longer side of a photo that is drawn on, in pixels: small ones are enlarged, so that labels can be read. */
const SIDE = 1280;
/** In pixels: the largest width of a sheet, and the height of a caption. */
const [ACROSS, CAPTION] = [1880, 20];
/** Colours from "nothing" to "certain". */
const COLOURS = [
  [0, 0, 80],
  [40, 70, 230],
  [0, 190, 170],
  [250, 220, 40],
  [230, 20, 30],
] as const;

/** Something to draw on a photo, in pixels of the photo. */
export interface Shape {
  readonly polygon: Polygon;
  readonly colour: string;
  readonly label?: string;
  /** A colour; absent: outline only. */
  readonly fill?: string;
}

/** A picture on a sheet. */
export interface Tile {
  readonly image: PixelImage;
  readonly caption: string;
}

/** A photo with shapes on it, as PNG. */
export async function drawn(image: PixelImage, shapes: readonly Shape[]): Promise<Buffer> {
  const scale = SIDE / Math.max(image.width, image.height);
  const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * scale)));
  const svg = shapes.map((shape) => outline(shape, scale)).join('');
  return asSharp(image)
    .resize(width, height, { fit: 'fill', kernel: scale > 1 ? 'nearest' : 'lanczos3' })
    .composite([{ input: svgOf(width ?? 1, height ?? 1, svg), left: 0, top: 0 }])
    .png()
    .toBuffer();
}

function outline({ polygon, colour, label = '', fill = 'none' }: Shape, scale: number): string {
  const points = polygon.map(([x, y]): Point => [x * scale, y * scale]);
  const list = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  const { x, y } = boundingBox(points);
  return `<polygon points="${list}" fill="none" stroke="#fff" stroke-width="4"/>
<polygon points="${list}" fill="${fill}" stroke="${colour}" stroke-width="2"/>
${text(label, Math.max(2, x), Math.max(16, y - 4), colour)}`;
}

/** Several pictures in one, as PNG. @param side longer side of each, in pixels */
export async function sheet(tiles: readonly Tile[], side: number): Promise<Buffer> {
  const columns = Math.min(Math.floor(ACROSS / (side + CAPTION)), tiles.length);
  const small = await Promise.all(
    tiles.map(async ({ image, caption }) => ({
      caption,
      ...(await asSharp(image)
        .resize(side, side, { fit: 'inside', kernel: 'nearest' })
        .png()
        .toBuffer({ resolveWithObject: true })),
    })),
  );
  const rows: (typeof small)[] = [];
  for (let i = 0; i < small.length; i += columns) rows.push(small.slice(i, i + columns));
  const parts: OverlayOptions[] = [];
  let words = '';
  let top = 0;
  for (const row of rows) {
    for (const [i, { data, caption }] of row.entries()) {
      parts.push({ input: data, left: i * (side + CAPTION), top: top + CAPTION });
      words += text(caption, i * (side + CAPTION) + 2, top + CAPTION - 5, '#fff');
    }
    top += Math.max(...row.map(({ info }) => info.height)) + 2 * CAPTION;
  }
  const width = columns * (side + CAPTION);
  return sharp({ create: { width, height: top, channels: 3, background: '#222' }, limitInputPixels: false })
    .composite([...parts, { input: svgOf(width, top, words), left: 0, top: 0 }])
    .png()
    .toBuffer();
}

/** What a network was shown, with its answer laid over it; one tile for each thing that it answers for. */
export function tilesOf({ model, input, maps }: NetworkRun): Tile[] {
  const size = `${input.width} × ${input.height}`;
  const names = [...new Set(maps.map(([name]) => name))];
  if (names.length === 0) return [{ image: input, caption: `${model}, ${size}` }];
  return names.map((name) => {
    const values = new Float32Array(input.width * input.height);
    let most = 0;
    for (const [other, map] of maps) {
      if (other !== name) continue;
      for (let p = 0; p < values.length; p++) {
        const column = Math.floor(((p % input.width) * map.width) / input.width);
        const row = Math.floor((Math.floor(p / input.width) * map.height) / input.height);
        values[p] = Math.max(values[p] ?? 0, map.data[row * map.width + column] ?? 0);
        most = Math.max(most, values[p] ?? 0);
      }
    }
    return { image: heated(input, values), caption: `${model}: ${name} at ${size}, most ${most.toFixed(2)}` };
  });
}

/** The picture in grey, coloured by a value 0–1 for each pixel. */
function heated({ width, height, data }: PixelImage, values: Float32Array): PixelImage {
  const pixels = new Uint8Array(width * height * 3);
  for (let p = 0; p < values.length; p++) {
    const grey = ((data[p * 3] ?? 0) + (data[p * 3 + 1] ?? 0) + (data[p * 3 + 2] ?? 0)) / 3;
    const value = Math.min(1, Math.max(0, values[p] ?? 0));
    const at = value * (COLOURS.length - 1);
    const [low, high] = [COLOURS[Math.floor(at)], COLOURS[Math.ceil(at)]];
    const opacity = Math.min(0.8, 2 * value);
    for (let c = 0; c < 3; c++) {
      const colour = (low?.[c] ?? 0) + ((high?.[c] ?? 0) - (low?.[c] ?? 0)) * (at - Math.floor(at));
      pixels[p * 3 + c] = grey * (1 - opacity) + colour * opacity;
    }
  }
  return { width, height, channels: 3, data: pixels };
}

/** Three channels, transparency laid on grey. */
function asSharp(image: PixelImage): Sharp {
  const [{ width, height, channels, data } = image] = visibleVersions(image);
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
}

function svgOf(width: number, height: number, content: string): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`,
  );
}

function text(words: string, x: number, y: number, colour: string): string {
  const style = 'font-family="sans-serif" font-size="14" font-weight="bold" paint-order="stroke"';
  return `<text x="${x}" y="${y}" ${style} stroke="#000" stroke-width="3" fill="${colour}">${escaped(words)}</text>`;
}

export function escaped(words: string): string {
  return words.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
