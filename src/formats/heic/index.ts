import type { ImageFormatPlugin } from '../contract.js';
import { readBrands } from '../isobmff/boxes.js';
import { NOTHING_ALLOWED, walkBoxes } from '../isobmff/walk-boxes.js';
import { decodeHeic } from './decode-heic.js';

const BRANDS = new Set([
  'heic',
  'heix',
  'hevc',
  'hevx',
  'heim',
  'heis',
  'hevm',
  'hevs',
  'mif1',
  'msf1',
  'j2ki',
]);

/** HEIC and HEIF, the default of iPhones; such files are only read, and written in another format. */
export const heicFormat: ImageFormatPlugin = {
  id: 'heic',
  title: 'HEIC',
  extension: 'heic',
  sniff: (bytes) => {
    const brands = readBrands(bytes);
    // "mif1" is also in every AVIF.
    return brands.some((b) => BRANDS.has(b)) && !brands.some((b) => b === 'avif' || b === 'avis');
  },
  walk: (bytes) => walkBoxes(bytes, NOTHING_ALLOWED),
  decode: decodeHeic,
};
