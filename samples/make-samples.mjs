/**
 * Makes the sample photos: `node samples/make-samples.mjs [FOLDER]`, samples/photos when no folder is given.
 * The people are those of the demo photos inside @vladmandic/face-api; everything else is drawn here.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import {
  pngChunk,
  pngCompressedText,
  pngInternationalText,
  pngText,
  withGifExtensions,
  withPngChunks,
  withWebpMetadata,
} from './chunked-files.mjs';
import { label, lesion, skin, tattoo } from './drawing.mjs';
import {
  commentSegment,
  exifSegment,
  extendedXmpSegments,
  iccSegment,
  iptcSegment,
  tinyMp4,
  withSecondPicture,
  withSegments,
  xmpPacket,
  xmpSegment,
} from './jpeg-segments.mjs';
import { exifBlock, gpsTags, rgbPage, subDirectory, tag, tiffStructure } from './tiff-structure.mjs';

const require = createRequire(import.meta.url);
const WIDTH = 800;
const JPEG = { quality: 92, chromaSubsampling: '4:4:4' };

const { everywhere: PLANTS } = JSON.parse(await readFile(new URL('plants.json', import.meta.url), 'utf8'));

/** One of the demo photos 1–6 as sRGB, 800 pixels wide, without metadata. */
async function people(number) {
  const file = fileURLToPath(
    new URL(`../node_modules/@vladmandic/face-api/demo/sample${number}.jpg`, import.meta.url),
  );
  const pixels = sharp(file).toColourspace('srgb').resize(WIDTH);
  const { data, info } = await pixels.raw().toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } });
}

async function rawOf(picture) {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** As it comes from a phone held upright: the sensor's rows lie on their side, and a thumbnail shows the faces. */
async function phoneTurned() {
  const onItsSide = await (await people(3)).rotate(270).jpeg(JPEG).toBuffer();
  const thumbnail = await (await people(3)).resize(160).jpeg({ quality: 60 }).toBuffer();
  const marked = withSegments(thumbnail, [commentSegment('PLANTED-THUMBNAIL')]);
  return withSegments(onItsSide, [
    exifSegment(exifBlock(PLANTS, { orientation: 6, thumbnail: marked })),
    ...extendedXmpSegments('PLANTED-XMP-MAIN', xmpPacket('PLANTED-XMP-EXTENDED '.repeat(60))),
    iptcSegment({
      byline: 'PLANTED-IPTC-BYLINE',
      city: 'PLANTED-IPTC-CITY',
      caption: 'PLANTED-IPTC-CAPTION',
    }),
    commentSegment('PLANTED-JPEG-COMMENT'),
  ]);
}

/** Pixels that are meant in Display P3 and are more colourful than sRGB can say. */
async function wideGamut() {
  const p3 = sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } }).withIccProfile('p3');
  const { icc } = await sharp(await p3.png().toBuffer()).metadata();
  const drawn = await skin(WIDTH, 600, 7, lesion(420, 290, 90));
  const jpeg = await sharp(await drawn.png().toBuffer())
    .modulate({ saturation: 1.5 })
    .jpeg(JPEG)
    .toBuffer();
  return withSegments(jpeg, [iccSegment(icc)]);
}

async function secondPicture() {
  const first = await (await people(6)).jpeg(JPEG).toBuffer();
  const small = await (await people(6)).resize(320).jpeg({ quality: 70 }).toBuffer();
  return withSecondPicture(first, withSegments(small, [commentSegment('PLANTED-SECOND-PICTURE')]));
}

async function motionPhoto() {
  const jpeg = await (await skin(WIDTH, 600, 11, lesion(400, 300, 60))).jpeg(JPEG).toBuffer();
  const video = tinyMp4('PLANTED-MOTION-VIDEO '.repeat(200));
  const attributes = `GCamera:MotionPhoto="1" GCamera:MicroVideo="1" GCamera:MicroVideoOffset="${video.length}"`;
  return withSegments(jpeg, [xmpSegment(xmpPacket('PLANTED-MOTION-XMP', attributes))], video);
}

async function chunksPng() {
  const png = await (await skin(640, 480, 13, lesion(300, 240, 70))).png().toBuffer();
  return withPngChunks(
    png,
    [
      pngChunk('tIME', Buffer.from([7, 169, 2, 3, 4, 5, 6])),
      pngText('Author', 'PLANTED-PNG-TEXT'),
      pngCompressedText('Comment', 'PLANTED-PNG-ZTXT'),
      pngInternationalText('XML:com.adobe.xmp', xmpPacket('PLANTED-PNG-ITXT').toString('utf8')),
      pngChunk('eXIf', exifBlock(PLANTS)),
      pngChunk('prVt', Buffer.from('PLANTED-PNG-PRIVATE')),
    ],
    Buffer.from('PLANTED-PNG-TRAILING'),
  );
}

async function chatWebp() {
  const picture = await people(5);
  const { width, height } = await rawOf(picture.clone());
  const webp = await picture.webp({ quality: 90 }).toBuffer();
  return withWebpMetadata(webp, {
    width,
    height,
    exif: exifBlock(PLANTS),
    xmp: xmpPacket('PLANTED-WEBP-XMP'),
    unknown: Buffer.from('PLANTED-WEBP-PRIVATE'),
  });
}

/** A face flashes up between two pictures of skin. */
async function faceInOneFrame() {
  const [width, height] = [320, 320];
  const face = (await people(3)).extract({ left: 198, top: 50, width: 240, height: 240 });
  const middle = await sharp(await face.png().toBuffer())
    .resize(width, height)
    .png()
    .toBuffer();
  const plain = async (seed) => (await skin(width, height, seed, lesion(160, 160, 40))).png().toBuffer();
  const frames = [await plain(17), middle, await plain(19)];
  const gif = await sharp(frames, { join: { animated: true } })
    .gif({ delay: [200, 200, 200], loop: 0, dither: 0 })
    .toBuffer();
  return withGifExtensions(gif, 'PLANTED-GIF-COMMENT', 'PLANTED-GIF-APPLICATION');
}

/** As a scanner or a fax program keeps several photos in one file. */
async function twoPages() {
  const first = await rawOf(await skin(WIDTH, 533, 23, lesion(380, 260, 70)));
  const second = await rawOf(await people(1));
  const about = [
    tag(271, 'ascii', PLANTS.make),
    tag(272, 'ascii', PLANTS.model),
    tag(306, 'ascii', PLANTS.time),
    tag(315, 'ascii', PLANTS.artist),
    subDirectory(0x8825, gpsTags(PLANTS.gpsArea)),
  ];
  return tiffStructure([rgbPage(first, about), rgbPage(second)]);
}

async function forearmAvif() {
  const drawn = await skin(640, 480, 29, lesion(330, 230, 60));
  const exif = { IFD0: { Artist: 'PLANTED-AVIF-ARTIST', DateTime: PLANTS.time } };
  return sharp(await drawn.png().toBuffer())
    .withExif(exif)
    .avif({ quality: 80, effort: 2 })
    .toBuffer();
}

async function nameLabel() {
  const lines = ['MARTHA BEISPIEL', 'DOB 02.1961', 'PATIENT 4711'];
  const elements = lesion(560, 420, 80) + label([60, 50, 490, 180], lines);
  return (await skin(WIDTH, 600, 31, elements)).jpeg(JPEG).toBuffer();
}

async function specimenCode() {
  const wasm = await readFile(require.resolve('zxing-wasm/writer/zxing_writer.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: wasm.buffer }, fireImmediately: true });
  const { symbol, error } = await writeBarcode('PLANTED-QR-SPECIMEN-0815', { format: 'QRCode' });
  if (error) throw new Error(`The code could not be made: ${error}`);
  const module = Math.floor(210 / symbol.width);
  const squares = [...symbol.data].flatMap((value, i) =>
    value === 0
      ? [
          `M${500 + module * (i % symbol.width)} ${60 + module * Math.floor(i / symbol.width)}h${module}v${module}h-${module}z`,
        ]
      : [],
  );
  const code = `<rect x="470" y="30" width="270" height="270" fill="#fff"/><path d="${squares.join('')}"/>`;
  return (await skin(WIDTH, 600, 37, lesion(250, 380, 80) + code)).png().toBuffer();
}

async function printerCmyk() {
  const drawn = await (await skin(640, 480, 41, lesion(310, 250, 70))).png().toBuffer();
  const jpeg = await sharp(drawn).toColourspace('cmyk').jpeg({ quality: 92 }).toBuffer();
  return withSegments(jpeg, [commentSegment('PLANTED-CMYK-COMMENT')]);
}

/** Nothing to cover: its name and its metadata say who it is. */
async function namedLesion() {
  const jpeg = await (await skin(WIDTH, 600, 43, lesion(390, 310, 85))).jpeg(JPEG).toBuffer();
  return withSegments(jpeg, [exifSegment(exifBlock(PLANTS))]);
}

/** Ink beside the lesion: the one must go, the other must stay. */
async function inkedForearm() {
  return (await skin(WIDTH, 600, 53, lesion(570, 430, 70) + tattoo(240, 230, 260))).jpeg(JPEG).toBuffer();
}

async function damaged() {
  const jpeg = await (await skin(WIDTH, 600, 47, lesion(390, 310, 85))).jpeg(JPEG).toBuffer();
  return jpeg.subarray(0, Math.floor(jpeg.length * 0.4));
}

const MAKERS = {
  'phone-turned.jpg': phoneTurned,
  'wide-gamut.jpg': wideGamut,
  'second-picture.jpg': secondPicture,
  'motion-photo.jpg': motionPhoto,
  'chunks.png': chunksPng,
  'chat.webp': chatWebp,
  'face-in-one-frame.gif': faceInOneFrame,
  'two-pages.tiff': twoPages,
  'forearm.avif': forearmAvif,
  'name-label.jpg': nameLabel,
  'specimen-code.png': specimenCode,
  'printer-cmyk.jpg': printerCmyk,
  'Martha_Beispiel_1961-02-03.jpg': namedLesion,
  'inked-forearm.jpg': inkedForearm,
  'damaged.jpg': damaged,
};

/** Where the lesion is that must stay visible: [x, y, width, height], for the sidecar that `image-deid run` reads. */
const LESIONS = { 'Martha_Beispiel_1961-02-03.jpg': [285, 205, 210, 210] };

/** Writes every sample into a folder; other files there stay. */
export async function makeSamples(folder) {
  await mkdir(folder, { recursive: true });
  for (const [name, make] of Object.entries(MAKERS)) await writeFile(join(folder, name), await make());
  for (const [name, box] of Object.entries(LESIONS)) {
    await writeFile(join(folder, `${name}.keep.json`), `${JSON.stringify({ keep: [box] })}\n`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const folder = process.argv[2] ?? fileURLToPath(new URL('photos', import.meta.url));
  await makeSamples(folder);
  process.stdout.write(`${Object.keys(MAKERS).length} sample photos in ${folder}\n`);
}
