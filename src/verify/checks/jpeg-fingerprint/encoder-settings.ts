import type { ImageFormat } from '../../../core/image.js';
import type { ContainerPart } from '../../../core/metadata.js';
import type { ImageFormatPlugin } from '../../../formats/contract.js';

/** What a container says about how it was encoded, by name; values are compared, never shown. */
export type EncoderSettings = ReadonlyMap<string, string>;

/** A part of the container with its bytes, head included. */
interface Part {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** How to read the settings, for the formats whose containers carry some. */
const READERS: Partial<Record<ImageFormat, (parts: readonly Part[]) => EncoderSettings>> = {
  jpeg: jpegSettings,
  png: pngSettings,
  webp: webpSettings,
  tiff: tiffSettings,
  avif: avifSettings,
};

/**
 * The settings of the encoder; undefined for a format whose container carries none (GIF), empty when the container is
 * malformed.
 */
export function encoderSettings(file: Uint8Array, format: ImageFormatPlugin): EncoderSettings | undefined {
  const read = READERS[format.id];
  if (!read) return undefined;
  const parts = format.walk(file).map(({ name, offset, length }: ContainerPart) => ({
    name,
    bytes: file.subarray(offset, offset + length),
  }));
  return read(parts);
}

/** Tables, sampling and order; ITU-T T.81, annex B. */
function jpegSettings(parts: readonly Part[]): EncoderSettings {
  const settings = new Map<string, string>();
  const collect = (name: string, value: string) => settings.set(name, `${settings.get(name) ?? ''} ${value}`);
  for (const { name, bytes } of parts) {
    collect('order of segments', name);
    if (name === 'DQT') collect('quantisation tables', hex(bytes));
    // Marker, length and precision, then height and width, then the components with their sampling and tables.
    if (name.startsWith('SOF')) collect('sampling', `${hex(bytes.subarray(0, 5))} ${hex(bytes.subarray(9))}`);
    // Class and number of the table; its codes depend on the pixels and are left out.
    if (name === 'DHT') collect('kinds of Huffman tables', hex(bytes.subarray(4, 5)));
    if (name === 'SOS') collect('scans', hex(bytes));
  }
  return isWhole(parts) ? settings : new Map();
}

/** Depth, colour type, interlacing; compression method and level (RFC 1950, 2.2; the window depends on the size). */
function pngSettings(parts: readonly Part[]): EncoderSettings {
  const header = parts.find(({ name }) => name === 'IHDR');
  const data = parts.find(({ name }) => name === 'IDAT');
  if (!isWhole(parts) || !header || !data) return new Map();
  const [, method = 0, level = 0] = data.bytes.subarray(7, 10);
  return new Map([
    // Length, type, width and height take 16 bytes, the checksum the last 4.
    ['depth and colour type', hex(header.bytes.subarray(16, -4))],
    ['order of chunks', [...new Set(parts.map(({ name }) => name))].join(' ')],
    ['compression', `${method & 0x0f} ${level >> 6}`],
  ]);
}

/** Which of WebP's two codecs, and with which chunks. */
function webpSettings(parts: readonly Part[]): EncoderSettings {
  if (!isWhole(parts)) return new Map();
  const codecs = parts
    .map(({ name }) => name.replace('ANMF/', ''))
    .filter((name) => /^(VP8 |VP8L|ALPH)$/.test(name));
  return new Map([['codec', [...new Set(codecs)].join(' ')]]);
}

/** Tags whose value does not depend on the picture: compression, direction, planes, unit, predictor, resolution. */
const TIFF_TAGS = /^IFD\d+\/(tag (259|274|284|296|317)|tag (282|283) value)$/;

/** The settings of all pages together; the same setting twice counts once. */
function tiffSettings(parts: readonly Part[]): EncoderSettings {
  if (!isWhole(parts)) return new Map();
  const values = new Map<string, Set<string>>();
  for (const { name, bytes } of parts) {
    if (!TIFF_TAGS.test(name)) continue;
    const tag = name.replace(/^IFD\d+\//, '');
    values.set(tag, (values.get(tag) ?? new Set()).add(hex(bytes)));
  }
  return new Map([...values].map(([tag, seen]) => [tag, [...seen].join(' ')]));
}

/** Brands, handler and codec configuration; AV1 in ISOBMFF, section 2.3.3. */
function avifSettings(parts: readonly Part[]): EncoderSettings {
  const named = (name: string) => parts.filter((part) => part.name === name);
  const settings = new Map<string, string>();
  if (!isWhole(parts)) return settings;
  settings.set(
    'brands',
    named('ftyp')
      .map(({ bytes }) => hex(bytes))
      .join(' '),
  );
  settings.set(
    'handler',
    named('meta/hdlr')
      .map(({ bytes }) => hex(bytes))
      .join(' '),
  );
  // Size and type take 8 bytes; then version, profile and level, flags. The level depends on the size of the picture.
  const [, version, level = 0, flags] = named('meta/iprp/ipco/av1C')[0]?.bytes.subarray(7, 11) ?? [];
  settings.set('codec configuration', [version, level >> 5, flags].join());
  return settings;
}

function isWhole(parts: readonly Part[]): boolean {
  return parts.length > 0 && !parts.some(({ name }) => name === 'malformed');
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
