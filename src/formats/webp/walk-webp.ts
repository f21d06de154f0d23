import type { ContainerPart, MetadataFinding } from '../../core/metadata.js';
import { trailingPart } from '../trailing-part.js';
import { isAllowed } from './allow-list.js';
import { isWebp, readRiffChunks, type RiffChunk } from './riff.js';

/** "RIFF", the size and "WEBP". */
const HEADER_BYTES = 12;
/** Head of an ANMF chunk: its type and size, then place, size, duration and flags of the frame. */
const FRAME_HEADER_BYTES = 8 + 16;
const FINDINGS: Readonly<Record<string, MetadataFinding>> = {
  EXIF: { part: 'exif', group: 'other', identifying: true },
  'XMP ': { part: 'xmp', group: 'other', identifying: true },
  ICCP: { part: 'icc', group: 'colour-profile', identifying: true },
  C2PA: { part: 'c2pa', group: 'provenance', identifying: true },
};

/** Every chunk of a WebP, those inside frames too, in file order; see the contract of `walk`. */
export function walkWebp(bytes: Uint8Array): ContainerPart[] {
  if (!isWebp(bytes)) return [{ name: 'malformed', offset: 0, length: bytes.length, allowed: false }];
  const stated = 8 + new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(4, true);
  const end = Math.min(stated, bytes.length);
  const parts: ContainerPart[] = [
    { name: 'RIFF', offset: 0, length: HEADER_BYTES, allowed: stated === bytes.length },
  ];
  const read = readRiffChunks(bytes, HEADER_BYTES, end);
  for (const chunk of read.chunks) parts.push(...partsOf(bytes, chunk));
  if (stated > bytes.length || read.end < end) {
    parts.push({ name: 'malformed', offset: read.end, length: end - read.end, allowed: false });
  }
  return end < bytes.length ? [...parts, trailingPart(bytes, end)] : parts;
}

function partsOf(bytes: Uint8Array, chunk: RiffChunk): ContainerPart[] {
  if (chunk.type !== 'ANMF' || chunk.content.length < 16) return [partOf(chunk, chunk.type)];
  const { offset, length } = chunk;
  const inside = readRiffChunks(bytes, offset + FRAME_HEADER_BYTES, offset + length);
  const parts: ContainerPart[] = [
    { name: 'ANMF', offset, length: FRAME_HEADER_BYTES, allowed: true },
    ...inside.chunks.map((inner) => partOf(inner, `ANMF/${inner.type}`)),
  ];
  const rest = offset + length - inside.end;
  if (rest > 0) parts.push({ name: 'gap', offset: inside.end, length: rest, allowed: false });
  return parts;
}

function partOf(chunk: RiffChunk, name: string): ContainerPart {
  const finding = findingOf(chunk.type);
  const { offset, length, padded } = chunk;
  return {
    name,
    offset,
    length,
    allowed: padded && isAllowed(chunk),
    ...(finding && { finding }),
  };
}

function findingOf(type: string): MetadataFinding | undefined {
  if (/^(VP8 |VP8L|VP8X|ALPH|ANIM|ANMF)$/.test(type)) return undefined;
  const printable = /^[A-Za-z0-9 ]{4}$/.test(type) ? type.trim() : 'unknown';
  return FINDINGS[type] ?? { part: `webp:${printable}`, group: 'other', identifying: true };
}
