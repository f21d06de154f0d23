import type { ContainerPart, MetadataFinding } from '../../core/metadata.js';
import { trailingPart } from '../trailing-part.js';
import { isAllowed, isLoop } from './allow-list.js';
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
    return { name, offset, length, allowed: !finding && isAllowed(block), ...(finding && { finding }) };
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
