import { beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { tinyMp4 } from '../../../samples/jpeg-segments.mjs';
import { DEFAULT_LIMITS } from '../../core/limits.js';
import { endOfPicture } from './end-of-picture.js';
import { jpegFormat } from './index.js';
import { readSegments } from './segments.js';

const [WIDTH, HEIGHT] = [96, 64];

/** What some phones put behind a picture: a block of theirs, without a marker of JPEG in it. */
const trailer = (text: string) =>
  Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(20_000, 0x5a), Buffer.from('SEFT', 'latin1')]);

describe('JPEGs as phones write them', () => {
  let plain: Buffer;
  let progressive: Buffer;
  let pixels: Uint8Array;
  beforeAll(async () => {
    const data = Uint8Array.from(
      { length: WIDTH * HEIGHT * 3 },
      (_, i) => (i * 7 + Math.floor(i / 300) * 13) % 200,
    );
    const picture = sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
    plain = await picture.jpeg({ quality: 90 }).toBuffer();
    progressive = await picture.jpeg({ quality: 90, progressive: true }).toBuffer();
    pixels = (await decoded(plain)).data;
  });
  const decoded = async (bytes: Uint8Array) =>
    (await jpegFormat.decode(bytes, DEFAULT_LIMITS)).frames[0]!.pixels;
  const findings = (bytes: Uint8Array) => jpegFormat.walk(bytes).flatMap(({ finding }) => finding ?? []);

  it('a scan header that names no last coefficient costs no pixel', async () => {
    const odd = Buffer.from(plain);
    const scan = odd.indexOf(Buffer.from([0xff, 0xda]));
    odd[scan + 2 + odd.readUInt16BE(scan + 2) - 2] = 0;
    expect(Buffer.compare(odd, plain)).not.toBe(0);
    expect(Buffer.compare((await decoded(odd)).data, pixels)).toBe(0);
    await expect(decoded(odd.subarray(0, odd.length - 400))).rejects.toMatchObject({ code: 'truncated' });
  });

  it('neither does a missing end mark, with or without a trailer behind', async () => {
    const open = plain.subarray(0, -2);
    for (const bytes of [open, Buffer.concat([open, trailer('Image_UTC_Data')])]) {
      expect(Buffer.compare((await decoded(bytes)).data, pixels)).toBe(0);
      expect(findings(bytes)).toContainEqual({
        part: 'trailing', field: 'NoEndMark', group: 'trailing', identifying: true,
      }); // prettier-ignore
      const behind = jpegFormat.walk(bytes).filter(({ name }) => name === 'trailing');
      expect(behind.map(({ length }) => length)).toEqual(bytes === open ? [] : [bytes.length - open.length]);
    }
  });

  it.each(['4:4:4', '4:2:0'])('knows where a picture of %s ends, to the byte', async (chromaSubsampling) => {
    const bytes = await sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
      .jpeg({ chromaSubsampling, quality: 100 })
      .toBuffer();
    expect(endOfPicture(bytes, readSegments(bytes))).toBe(bytes.length - 2);
    const grey = await sharp(bytes).toColourspace('b-w').jpeg().toBuffer();
    expect(endOfPicture(grey, readSegments(grey))).toBe(grey.length - 2);
  });

  it('without an end mark, a single block that is missing refuses the photo, whatever lies behind', async () => {
    for (const missing of [1, 3, 40, 400]) {
      const cut = plain.subarray(0, plain.length - 2 - missing);
      await expect(decoded(cut)).rejects.toMatchObject({ code: 'truncated' });
      expect(endOfPicture(cut, readSegments(cut))).toBeUndefined();
    }
  });

  it('a file that is cut is refused, whatever its end mark says', async () => {
    for (const whole of [plain, progressive]) {
      for (const share of [0.5, 0.8, 0.95]) {
        const cut = whole.subarray(0, Math.floor(whole.length * share));
        for (const bytes of [cut, Buffer.concat([cut, Buffer.from([0xff, 0xd9])])]) {
          await expect(decoded(bytes)).rejects.toMatchObject({ code: 'truncated' });
        }
      }
    }
  });

  it.each([
    ['a video', tinyMp4('secret')],
    ['the video of a Samsung motion photo', trailer('MotionPhoto_Data')],
    ['the depth map of a Samsung portrait', trailer('DualShot_DepthMap_1')],
  ])('%s behind the picture is told, with the end mark and without', (_what, hidden) => {
    for (const bytes of [Buffer.concat([plain, hidden]), Buffer.concat([plain.subarray(0, -2), hidden])]) {
      expect(findings(bytes).map(({ group }) => group)).toContain('hidden-image');
    }
  });
});
