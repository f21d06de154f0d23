import type { ContainerPart, MetadataFinding } from '../core/metadata.js';
import { readFieldNames } from './exif-worker.js';
import { meaningOfField } from './field-groups.js';
import { xmpNames } from './xmp-names.js';

/** A block larger than this is reported, but its fields are not named. */
const MAX_BLOCK_BYTES = 8 * 1024 * 1024;
/** A file larger than this is not read whole, but block by block. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** For one file or block; a real one takes milliseconds. */
const SECONDS = 5;

/**
 * What a file says beyond its pixels: the findings of its parts, and the names of the fields inside EXIF, IPTC, ICC
 * and XMP blocks, each finding once. A block that cannot be read is itself an identifying finding.
 * This is for people to see and for a second opinion; the proof of a clean file is the walk (`ContainerPart.allowed`).
 */
export async function readMetadata(
  bytes: Uint8Array,
  parts: readonly ContainerPart[],
): Promise<MetadataFinding[]> {
  const findings = parts.flatMap((part) => part.finding ?? []);
  // An empty part has no bytes to read: it only marks a finding.
  const blocks = parts.filter((part) => part.length > 0);
  for (const part of blocks.filter((p) => p.finding?.part === 'xmp')) {
    if (part.length > MAX_BLOCK_BYTES) findings.push(notRead('xmp', 'too-large'));
    else findings.push(...xmpNames(sliceOf(bytes, part)).map((name) => named('xmp', name)));
  }
  if (readsWhole(bytes)) findings.push(...(await fieldsOf(bytes)));
  else {
    for (const part of blocks.filter((p) => p.finding?.part === 'exif')) {
      if (part.length > MAX_BLOCK_BYTES) {
        findings.push(notRead('exif', 'too-large'));
        continue;
      }
      const block = tiffInside(sliceOf(bytes, part));
      findings.push(...(block ? await fieldsOf(block) : [notRead('exif', 'unreadable')]));
    }
  }
  const seen = new Map(findings.map((f) => [`${f.part}\n${f.field ?? ''}\n${f.group}`, f]));
  return [...seen.values()];
}

/** JPEG and TIFF, whose IPTC and ICC blocks exifr finds by itself; a PNG's are compressed and may be bombs. */
function readsWhole(bytes: Uint8Array): boolean {
  const jpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  return bytes.length <= MAX_FILE_BYTES && (jpeg || isTiffHeader(bytes, 0));
}

async function fieldsOf(bytes: Uint8Array): Promise<MetadataFinding[]> {
  const names = await readFieldNames(bytes, SECONDS);
  if (!names.ok) return [notRead('exif', names.reason)];
  const findings = names.fields.map(([block, name]) => named(partOf(block), name));
  return names.damaged ? [...findings, notRead('exif', 'unreadable')] : findings;
}

function partOf(block: string): string {
  if (block === 'iptc' || block === 'icc' || block === 'jfif') return block;
  return 'exif';
}

function named(part: string, field: string): MetadataFinding {
  const meaning = meaningOfField(field);
  if (part === 'jfif') return { part, field, group: 'other', identifying: false };
  if (part === 'icc') {
    // A profile's own fields describe the colours; those of a device describe the camera.
    const device = meaning.group === 'device';
    return { part, field, group: device ? 'device' : 'colour-profile', identifying: device };
  }
  return { part, field, ...meaning };
}

function notRead(part: string, field: 'unreadable' | 'timeout' | 'too-large'): MetadataFinding {
  return { part, field, group: 'other', identifying: true };
}

function sliceOf(bytes: Uint8Array, part: ContainerPart): Uint8Array {
  return bytes.subarray(part.offset, part.offset + part.length);
}

function isTiffHeader(bytes: Uint8Array, at: number): boolean {
  const [a, b, c, d] = bytes.subarray(at, at + 4);
  return (
    (a === 0x49 && b === 0x49 && c === 42 && d === 0) || (a === 0x4d && b === 0x4d && c === 0 && d === 42)
  );
}

/** The TIFF inside an EXIF block, after the header of its container and perhaps "Exif\0\0". */
function tiffInside(block: Uint8Array): Uint8Array | undefined {
  for (let at = 0; at < Math.min(64, block.length - 8); at++) {
    if (isTiffHeader(block, at)) return Uint8Array.from(block.subarray(at));
  }
  return undefined;
}
