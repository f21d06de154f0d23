import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const SAMPLES = fileURLToPath(new URL('../../samples/make-samples.mjs', import.meta.url));
const PEOPLE = fileURLToPath(
  new URL('../../node_modules/@vladmandic/face-api/demo/sample1.jpg', import.meta.url),
);
/** Samples that sharp decodes as one upright picture. */
const USABLE = /\.(jpg|png|webp|avif)$/;

/** Noise as a camera's, as a PNG file to lay over a photo: a smooth enlargement would be too easy to encode. */
export function grainOf(width: number, height: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 6 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#808080', noise } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/**
 * Writes photos as a phone does: different crops of the samples and of a picture with people, with EXIF, and with
 * grain, because a smooth enlargement would be too easy to encode.
 * @param size in pixels
 */
export async function makePhotos(
  folder: string,
  count: number,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<void> {
  const samples = mkdtempSync(join(tmpdir(), 'image-deid-samples-'));
  try {
    execFileSync(process.execPath, [SAMPLES, samples]);
    const names = readdirSync(samples).filter((name) => USABLE.test(name) && !name.includes('damaged'));
    const sources = [PEOPLE, ...names.map((name) => join(samples, name))];
    const grain = await grainOf(width, height);
    for (let i = 0; i < count; i++) {
      const turn = Math.floor(i / sources.length);
      const picture = sharp(sources[i % sources.length])
        .autoOrient()
        .resize(width + (turn % 17), height + (turn % 13), { fit: 'cover', position: 'attention' })
        .extract({ left: turn % 17, top: turn % 13, width, height })
        .flatten({ background: '#fff' })
        .modulate({ brightness: 1 + ((turn % 7) - 3) / 50 })
        .composite([{ input: grain, blend: 'soft-light' }])
        .withExif({
          IFD0: { Make: 'Phone', DateTime: `2024:05:${String((i % 28) + 1).padStart(2, '0')} 10:00:00` },
        });
      await picture.jpeg({ quality: 90 }).toFile(join(folder, `photo-${String(i).padStart(5, '0')}.jpg`));
    }
  } finally {
    rmSync(samples, { recursive: true });
  }
}
