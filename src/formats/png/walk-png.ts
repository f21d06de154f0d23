import type { ContainerPart, MetadataFinding } from '../../core/metadata.js';
import { meaningOfField } from '../../metadata/index.js';
import { trailingPart } from '../trailing-part.js';
import { ALLOW_LIST, isAllowed } from './allow-list.js';
import { isPng, PNG_SIGNATURE, readChunks, type Chunk } from './chunks.js';

const FINDINGS: Readonly<Record<string, MetadataFinding>> = {
  eXIf: { part: 'exif', group: 'other', identifying: true },
  iCCP: { part: 'icc', group: 'colour-profile', identifying: true },
  caBX: { part: 'c2pa', group: 'provenance', identifying: true },
  tIME: { part: 'png:tIME', group: 'time', identifying: true },
  acTL: { part: 'png:acTL', group: 'hidden-image', identifying: true },
  fcTL: { part: 'png:fcTL', group: 'hidden-image', identifying: true },
  fdAT: { part: 'png:fdAT', group: 'hidden-image', identifying: true },
};
/** Chunks that only say how to show the pixels. */
const HARMLESS = new Set([
  'sRGB',
  'gAMA',
  'cHRM',
  'sBIT',
  'bKGD',
  'hIST',
  'pHYs',
  'cICP',
  'mDCv',
  'cLLi',
  'mDCV',
  'cLLI',
]);
/** Keywords that are not free text themselves: PNG specification, section 11.3.3, and what ImageMagick writes. */
const KEYWORDS =
  /^(Title|Author|Description|Copyright|Creation Time|Software|Disclaimer|Warning|Source|Comment|Collection|Raw profile type \w+|date:\w+|exif:\w+|tiff:\w+|Thumb::\w+)$/;

/** Every chunk of a PNG, in file order; see the contract of `walk`. */
export function walkPng(bytes: Uint8Array): ContainerPart[] {
  if (!isPng(bytes)) return [{ name: 'malformed', offset: 0, length: bytes.length, allowed: false }];
  const { chunks, end, whole } = readChunks(bytes);
  const parts: ContainerPart[] = [
    { name: 'signature', offset: 0, length: PNG_SIGNATURE.length, allowed: true },
    ...chunks.map((chunk): ContainerPart => {
      const finding = findingOf(chunk);
      return {
        name: chunk.type,
        offset: chunk.offset,
        length: chunk.length,
        allowed: isAllowed(bytes, chunk),
        ...(finding && { finding }),
      };
    }),
  ];
  if (!whole) {
    return [...parts, { name: 'malformed', offset: end, length: bytes.length - end, allowed: false }];
  }
  return end < bytes.length ? [...parts, trailingPart(bytes, end)] : parts;
}

function findingOf({ type, content }: Chunk): MetadataFinding | undefined {
  if (ALLOW_LIST.has(type)) return undefined;
  if (HARMLESS.has(type)) return { part: `png:${type}`, group: 'other', identifying: false };
  if (type === 'tEXt' || type === 'zTXt' || type === 'iTXt') return findingOfText(type, content);
  return FINDINGS[type] ?? { part: `png:${type}`, group: 'other', identifying: true };
}

function findingOfText(type: string, content: Uint8Array): MetadataFinding {
  const keyword = Buffer.from(content.subarray(0, Math.min(80, Math.max(0, content.indexOf(0))))).toString(
    'latin1',
  );
  if (/^XML:com\.adobe\.xmp$|^Raw profile type xmp$/.test(keyword)) {
    return { part: 'xmp', group: 'other', identifying: true };
  }
  if (!KEYWORDS.test(keyword)) return { part: `png:${type}`, group: 'comment', identifying: true };
  return { part: `png:${type}`, field: keyword, group: meaningOfField(keyword).group, identifying: true };
}
