import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatById } from '../src/formats/index.js';
import { deidentify, ImageDeidError, inspect } from '../src/index.js';
import { sentenceOf, WRONG_IN_CODE, WRONG_LIMITS, WRONG_SETTINGS } from './support/wrong-settings.js';

let photo: Buffer;
beforeAll(async () => {
  const blank = sharp({ create: { width: 160, height: 120, channels: 3, background: '#d8a58e' } });
  photo = await blank
    .withExif({ IFD0: { Artist: 'SOMEBODY' }, IFD3: { GPSLatitude: '52/1 30/1 0/1' } })
    .jpeg()
    .toBuffer();
});

describe('deidentify', () => {
  it('returns a clean photo and clears it', async () => {
    const { outcome, bytes, extension, risk } = await deidentify(photo);
    expect(outcome).toBe('cleared');
    expect(extension).toBe('jpg');
    expect(
      formatById('jpeg')
        .walk(bytes!)
        .every(({ allowed }) => allowed),
    ).toBe(true);
    expect(risk.after).toBeLessThan(risk.before);
  });

  it('writes the format that is asked for', async () => {
    const { extension, bytes } = await deidentify(photo, { outputFormat: 'png' });
    expect(extension).toBe('png');
    expect((await sharp(bytes).metadata()).format).toBe('png');
  });

  it('sends a strip too narrow to recognise anything in to review, unless the user has looked', async () => {
    const strip = sharp({ create: { width: 900, height: 40, channels: 3, background: '#d8a58e' } });
    const bytes = await strip.jpeg().toBuffer();
    const unseen = await deidentify(bytes);
    expect(unseen.outcome).toBe('review');
    expect(unseen.reasons).toContainEqual({ id: 'not-examined/strip', values: { kind: 'tattoo' } });
    const { outcome } = await deidentify(bytes, { attestNone: ['face', 'tattoo'] });
    expect(outcome).toBe('cleared');
  });

  it('throws a typed error for what is not a photo', async () => {
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

describe('options that cannot be right', () => {
  it.each([...WRONG_SETTINGS, ...WRONG_IN_CODE, ...WRONG_LIMITS])(
    'are a usage error that names the field, what was expected and what was received: $field $value',
    async (setting) => {
      const [name = '', part] = setting.field.split('.');
      const options: object = { [name]: part === undefined ? setting.value : { [part]: setting.value } };
      for (const call of [deidentify, inspect]) {
        const error: unknown = await call(photo, options).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(ImageDeidError);
        expect(error).toMatchObject({
          code: 'usage',
          stage: 'usage',
          message: sentenceOf(setting, setting.field),
        });
      }
    },
  );

  it('say so too when there is no such option, or when they are not an object', async () => {
    const misspelt: object = { stlye: 'blur' };
    await expect(deidentify(photo, misspelt)).rejects.toMatchObject({
      code: 'usage',
      message:
        'Expected each of the settings to be one of destination, maxRisk, style, extent, faces, keep, cropToKeep, allowFaceInKeep, allowText, keepRuler, attestNone, caption, outputFormat, limits but received "stlye"; did you mean "style"?',
    });
    const none = null as unknown as object;
    await expect(deidentify(photo, none)).rejects.toMatchObject({
      code: 'usage',
      message: 'Expected the settings to be an object but received nothing',
    });
  });

  it('have their defaults where they are undefined', async () => {
    const { outcome } = await deidentify(photo, { destination: undefined, limits: { maxFrames: undefined } });
    expect(outcome).toBe('cleared');
  });
});
