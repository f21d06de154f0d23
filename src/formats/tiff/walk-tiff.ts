import type { ContainerPart, MetadataFinding } from '../../core/metadata.js';
import { tileParts, type Claim } from '../../metadata/tile-parts.js';
import {
  entryNumbers,
  readTiff,
  tagNumbers,
  type TiffDirectory,
  type TiffEntry,
  type TiffFile,
} from './read-tiff.js';
import { isAllowed } from './allow-list.js';
import { findingOfTag } from './tiff-tags.js';

/** [offsets, lengths, name] of the tags that point at data: strips, tiles, an old-style JPEG stream. */
const DATA_TAGS = [
  [273, 279, 'strips'],
  [324, 325, 'tiles'],
  [513, 514, 'jpeg'],
] as const;

/** Value of NewSubfileType (254): bit 0 is a smaller version of another image, bit 2 a transparency mask. */
export function subfileType(bytes: Uint8Array, file: TiffFile, directory: TiffDirectory): number {
  return tagNumbers(bytes, file, directory, 254)[0] ?? 0;
}

/** Every directory, entry, value and stretch of pixels of a TIFF, in file order. */
export function walkTiff(bytes: Uint8Array): ContainerPart[] {
  const file = readTiff(bytes);
  if (file.damage === 'header') return [malformed(0, bytes.length)];
  const claims: Claim[] = [{ name: 'header', offset: 0, length: file.big ? 16 : 8, allowed: !file.big }];
  for (const directory of file.directories) claims.push(...claimsOf(bytes, file, directory));
  // A TIFF is full of pointers, so damage has no one place: an empty part at the end says that not all was seen.
  if (file.damage) claims.push(malformed(bytes.length, 0));
  return tileParts(claims, bytes.length, (offset, end) => nameGap(bytes, offset, end));
}

function claimsOf(bytes: Uint8Array, file: TiffFile, directory: TiffDirectory): Claim[] {
  const { path, entries } = directory;
  const image = imageFinding(bytes, file, directory);
  const allowed = directory.kind === 'page' && !image;
  const countSize = file.big ? 8 : 2;
  const claims: Claim[] = [
    { name: path, offset: directory.offset, length: countSize, allowed, ...(image && { finding: image }) },
    { name: `${path}/next`, offset: directory.nextOffset, length: file.big ? 8 : 4, allowed },
  ];
  for (const entry of entries) {
    const finding = findingOfTag(directory, entry.tag);
    const ok = allowed && isAllowed(directory, entry.tag, entryNumbers(bytes, file, entry));
    claims.push({
      name: `${path}/tag ${entry.tag}`,
      offset: entry.offset,
      length: file.big ? 20 : 12,
      allowed: ok && slackIsZero(bytes, file, entry),
      ...(finding && { finding }),
    });
    if (!entry.inline) {
      claims.push({
        name: `${path}/tag ${entry.tag} value`,
        offset: entry.valueOffset,
        length: entry.valueLength,
        allowed: ok,
        ...(finding && { finding }),
      });
    }
  }
  for (const data of dataClaims(bytes, file, directory)) {
    claims.push({
      ...data,
      allowed: allowed && data.name.endsWith('strips'),
      ...(image && { finding: image }),
    });
  }
  return claims;
}

/** What a directory's pixels are when they are not a page. */
function imageFinding(
  bytes: Uint8Array,
  file: TiffFile,
  directory: TiffDirectory,
): MetadataFinding | undefined {
  if (directory.kind !== 'page' && directory.kind !== 'sub') return undefined;
  const type = subfileType(bytes, file, directory);
  if (type & 1) return { part: `tiff:${directory.path}`, group: 'preview', identifying: true };
  if (type & 4 || directory.kind === 'sub') {
    return { part: `tiff:${directory.path}`, group: 'hidden-image', identifying: true };
  }
  return undefined;
}

/** The stretches that hold pixels; neighbours are joined, so that a page of 10,000 strips is one part. */
function dataClaims(bytes: Uint8Array, file: TiffFile, directory: TiffDirectory): Claim[] {
  const claims: Claim[] = [];
  for (const [offsetTag, lengthTag, label] of DATA_TAGS) {
    const offsets = tagNumbers(bytes, file, directory, offsetTag);
    const lengths = tagNumbers(bytes, file, directory, lengthTag);
    const name = `${directory.path}/${label}`;
    const spans = offsets.map((offset, i) => ({ offset, length: lengths[i] ?? bytes.length - offset }));
    for (const { offset, length } of spans.sort((a, b) => a.offset - b.offset)) {
      const last = claims.at(-1);
      if (last?.name === name && last.offset + last.length === offset) {
        claims[claims.length - 1] = { ...last, length: last.length + length };
      } else if (length > 0) {
        claims.push({ name, offset, length, allowed: false });
      }
    }
  }
  return claims;
}

/** Whether the bytes of an entry that its inline value leaves unused are zero: data could hide there. */
function slackIsZero(bytes: Uint8Array, file: TiffFile, entry: TiffEntry): boolean {
  if (!entry.inline) return true;
  const end = entry.offset + (file.big ? 20 : 12);
  return bytes.subarray(entry.valueOffset + entry.valueLength, end).every((b) => b === 0);
}

function nameGap(bytes: Uint8Array, offset: number, end: number): Omit<ContainerPart, 'offset' | 'length'> {
  const zero = bytes.subarray(offset, end).every((b) => b === 0);
  // Values start at even offsets, so one zero byte of padding is part of the format.
  if (zero && end - offset === 1 && end < bytes.length) return { name: 'gap', allowed: true };
  if (zero) return { name: end === bytes.length ? 'trailing' : 'gap', allowed: false };
  if (end === bytes.length) {
    return {
      name: 'trailing',
      allowed: false,
      finding: { part: 'trailing', group: 'trailing', identifying: true },
    };
  }
  return { name: 'gap', allowed: false, finding: { part: 'gap', group: 'other', identifying: true } };
}

function malformed(offset: number, length: number): Claim {
  return { name: 'malformed', offset, length, allowed: false };
}
