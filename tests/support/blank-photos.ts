import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** Small photos of one colour each, every one another; they are cleared when tattoos are attested. */
export async function writeBlankPhotos(folder: string, names: readonly string[]): Promise<void> {
  await mkdir(folder);
  for (const [i, name] of names.entries()) {
    const background = { r: 200 + i, g: 160, b: 140 };
    const blank = sharp({ create: { width: 64, height: 48, channels: 3, background } });
    await writeFile(join(folder, name), await blank.png().toBuffer());
  }
}
