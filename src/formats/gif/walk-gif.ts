import type { ContainerPart, MetadataFinding } from '../../core/metadata.js';
import { trailingPart } from '../trailing-part.js';
import { isGif, readBlocks, type GifBlock } from './blocks.js';

/** Application identifiers and what they carry. */
const APPLICATIONS: Readonly<Record<string, MetadataFinding>> = {
  'XMP DataXMP': { part: 'xmp', group: 'other', identifying: true },
  ICCRGBG1012: { part: 'icc', group: 'colour-profile', identifying: true },
  C2PA_GIF: { part: 'c2pa', group: 'provenance', identifying: true },
};

/** Every block of a GIF, in file order; see the contract of `walk`. */
export function walkGif(bytes: Uint8Array): ContainerPart[] {
  if (!isGif(bytes)) return [{ name: 'malformed', offset: 0, length: bytes.length, allowed: false }];
  const { blocks, end, whole } = readBlocks(bytes);
  const parts = blocks.map((block): ContainerPart => {
    const finding = findingOf(block);
    const { name, offset, length } = block;
    return { name, offset, length, allowed: !finding && isWritten(block), ...(finding && { finding }) };
  });
  if (!whole)
    return [...parts, { name: 'malformed', offset: end, length: bytes.length - end, allowed: false }];
  return end < bytes.length ? [...parts, trailingPart(bytes, end)] : parts;
}

function findingOf(block: GifBlock): MetadataFinding | undefined {
  if (block.name === 'comment') return { part: 'gif:comment', group: 'comment', identifying: true };
  if (block.name === 'plain-text') return { part: 'gif:plain-text', group: 'comment', identifying: true };
  if (block.name === 'extension') return { part: 'gif:extension', group: 'other', identifying: true };
  if (block.name !== 'application' || isLoop(block)) return undefined;
  const id = Buffer.from(block.first).toString('latin1');
  return APPLICATIONS[id] ?? { part: 'gif:application', group: 'software', identifying: true };
}

/** NETSCAPE2.0 with one sub-block of three bytes: 1 and how often to repeat. */
function isLoop({ first, rest }: GifBlock): boolean {
  const known = /^(NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(Buffer.from(first).toString('latin1'));
  return known && rest.length === 5 && rest[0] === 3 && rest[1] === 1;
}

function isWritten(block: GifBlock): boolean {
  if (block.name === 'graphic-control') return block.first.length === 4 && block.rest.length === 1;
  return ['header', 'image', 'application', 'trailer'].includes(block.name);
}
