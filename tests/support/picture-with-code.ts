import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { prepareZXingModule, writeBarcode, type WriteInputBarcodeFormat } from 'zxing-wasm/writer';
import type { PixelImage } from '../../src/core/image.js';

export const CANVAS = { width: 800, height: 800 };
const PLACE = { left: 180, top: 140 };

let ready: Promise<unknown> | undefined;

/** The writer's binary from its package: the default would be fetched. */
function openWriter(): Promise<unknown> {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
  const wasmBinary = Uint8Array.from(readFileSync(file)).buffer;
  return (ready ??= Promise.resolve(
    prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true }),
  ));
}

/** A code on skin colour, turned by degrees, and where it lies. */
export async function pictureWithCode(format: WriteInputBarcodeFormat, text: string, angle = 0) {
  await openWriter();
  const { image } = await writeBarcode(text, { format, scale: 3 });
  const code = sharp(Buffer.from(await image!.arrayBuffer())).rotate(angle, { background: '#fff' });
  const { data: input, info } = await code.png().toBuffer({ resolveWithObject: true });
  const background = { create: { ...CANVAS, channels: 3 as const, background: '#d8a58e' } };
  const data = await sharp(background)
    .composite([{ input, ...PLACE }])
    .removeAlpha()
    .raw()
    .toBuffer();
  const picture: PixelImage = { ...CANVAS, channels: 3, data };
  const box = { x: PLACE.left, y: PLACE.top, width: info.width, height: info.height };
  return { picture, box };
}
