import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatById } from '../src/formats/index.js';
import { deidentify, ImageDeidError, inspect } from '../src/index.js';

let photo: Buffer;
beforeAll(async () => {
  const blank = sharp({ create: { width: 160, height: 120, channels: 3, background: '#d8a58e' } });
  photo = await blank
    .withExif({ IFD0: { Artist: 'SOMEBODY' }, IFD3: { GPSLatitude: '52/1 30/1 0/1' } })
    .jpeg()
    .toBuffer();
});

describe('deidentify', () => {
  it('gives a clean photo back, and sends it to review while nobody looked for tattoos', async () => {
    const { outcome, reasons, bytes, extension, risk } = await deidentify(photo);
    expect(outcome).toBe('review');
    expect(reasons).toContain('Tattoos were not looked for: this version bundles no model for them');
    expect(extension).toBe('jpg');
    expect(
      formatById('jpeg')
        .walk(bytes!)
        .every(({ allowed }) => allowed),
    ).toBe(true);
    expect(risk.after).toBeLessThan(risk.before);
  });

  it('clears it when the user has looked, in the format that is asked for', async () => {
    const { outcome, extension, bytes } = await deidentify(photo, {
      attestNone: ['tattoo'],
      outputFormat: 'png',
    });
    expect([outcome, extension]).toEqual(['cleared', 'png']);
    expect((await sharp(bytes).metadata()).format).toBe('png');
  });

  it('throws a typed error for what is no photo', async () => {
    await expect(deidentify(Buffer.from('Dear colleague'))).rejects.toBeInstanceOf(ImageDeidError);
    await expect(deidentify(photo.subarray(0, 200))).rejects.toMatchObject({ stage: 'decode' });
  });
});

describe('inspect', () => {
  it('names fields, never values', async () => {
    const inspection = await inspect(photo);
    expect(inspection.metadata.findings.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['Artist', 'GPSLatitude']),
    );
    expect(JSON.stringify(inspection)).not.toContain('SOMEBODY');
  });
});
