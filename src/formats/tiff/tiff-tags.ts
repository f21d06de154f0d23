import type { MetadataFinding } from '../../core/metadata.js';
import { meaningOfField } from '../../metadata/field-groups.js';
import type { TiffDirectory } from './read-tiff.js';

/** Tags that describe only how the pixels are stored (TIFF 6.0, its supplements, and libtiff's registry). */
const STRUCTURAL = new Set([
  254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 290,
  291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 326, 327, 328, 332, 334, 336, 338,
  339, 340, 341, 342, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 32995, 32996,
]); // prettier-ignore

export const ICC_PROFILE = 34675;

/** Whether a decoder may need the tag to show the pixels in their right colours. */
export function isNeededForPixels(tag: number): boolean {
  return STRUCTURAL.has(tag) || tag === ICC_PROFILE;
}

/** Names of tags that mean something beyond the pixels, as exiftool gives them. */
const NAMES: Readonly<Record<number, string>> = {
  269: 'DocumentName',
  270: 'ImageDescription',
  271: 'Make',
  272: 'Model',
  285: 'PageName',
  305: 'Software',
  306: 'DateTime',
  315: 'Artist',
  316: 'HostComputer',
  330: 'SubIFD',
  333: 'InkNames',
  18246: 'Rating',
  33432: 'Copyright',
  33550: 'ModelPixelScale',
  33922: 'ModelTiePoint',
  34264: 'ModelTransform',
  34735: 'GeoKeyDirectory',
  34736: 'GeoDoubleParams',
  34737: 'GeoAsciiParams',
  36867: 'DateTimeOriginal',
  36868: 'CreateDate',
  36880: 'OffsetTime',
  36881: 'OffsetTimeOriginal',
  36882: 'OffsetTimeDigitized',
  37393: 'ImageNumber',
  37500: 'MakerNote',
  37510: 'UserComment',
  37520: 'SubSecTime',
  37521: 'SubSecTimeOriginal',
  37522: 'SubSecTimeDigitized',
  40091: 'XPTitle',
  40092: 'XPComment',
  40093: 'XPAuthor',
  40094: 'XPKeywords',
  40095: 'XPSubject',
  42016: 'ImageUniqueID',
  42032: 'OwnerName',
  42033: 'SerialNumber',
  42034: 'LensInfo',
  42035: 'LensMake',
  42036: 'LensModel',
  42037: 'LensSerialNumber',
  42112: 'GDALMetadata',
  50706: 'DNGVersion',
  50708: 'UniqueCameraModel',
  50735: 'CameraSerialNumber',
  50736: 'LensInfo',
};
/** Tags that are whole blocks of another standard. */
const BLOCKS: Readonly<Record<number, MetadataFinding>> = {
  700: { part: 'xmp', group: 'other', identifying: true },
  33723: { part: 'iptc', group: 'other', identifying: true },
  34377: { part: '8bim', group: 'other', identifying: true },
  34665: { part: 'exif', group: 'other', identifying: true },
  34675: { part: 'icc', group: 'colour-profile', identifying: true },
  34853: { part: 'exif', field: 'GPS', group: 'place', identifying: true },
  37724: { part: 'photoshop', group: 'hidden-image', identifying: true },
  40965: { part: 'exif', field: 'Interop', group: 'other', identifying: false },
  52545: { part: 'c2pa', group: 'provenance', identifying: true },
};

/** What a tag says beyond the pixels; undefined for structural tags of a directory that holds pixels. */
export function findingOfTag(directory: TiffDirectory, tag: number): MetadataFinding | undefined {
  if (directory.kind === 'gps') {
    return { part: 'exif', field: `GPS tag ${tag}`, group: 'place', identifying: true };
  }
  if (BLOCKS[tag]) return BLOCKS[tag];
  if (STRUCTURAL.has(tag) && (directory.kind === 'page' || directory.kind === 'sub')) return undefined;
  if (directory.kind === 'interop') {
    return { part: 'exif', field: `Interop tag ${tag}`, group: 'other', identifying: false };
  }
  const field = NAMES[tag];
  const part = directory.kind === 'exif' ? 'exif' : 'tiff';
  if (tag === 330) return { part, field: 'SubIFD', group: 'hidden-image', identifying: true };
  if (field) return { part, field, ...meaningOfField(field) };
  return { part, field: `tag ${tag}`, group: 'other', identifying: true };
}
