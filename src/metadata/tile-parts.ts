import type { ContainerPart, MetadataFinding } from '../core/metadata.js';

/** A stretch of a file that a walker recognised; claims may overlap or reach beyond the end in a hostile file. */
export interface Claim {
  readonly name: string;
  /** Byte offset in the file. */
  readonly offset: number;
  /** In bytes, header included. */
  readonly length: number;
  readonly allowed: boolean;
  readonly finding?: MetadataFinding;
}

/** How a walker names bytes that it did not claim; `end` is exclusive. */
export type NameGap = (offset: number, end: number) => Omit<ContainerPart, 'offset' | 'length'>;

/**
 * Turns claims into parts that tile the file: file order, every byte in exactly one part. A claim that overlaps an
 * earlier one is cut to what is left and is no longer allowed; one with nothing left stays as an empty part when
 * it carries a finding or is itself not allowed, so that nothing found is lost.
 */
export function tileParts(claims: readonly Claim[], total: number, nameGap: NameGap): ContainerPart[] {
  const parts: ContainerPart[] = [];
  let position = 0;
  const push = (part: Omit<ContainerPart, 'offset' | 'length'>, end: number): void => {
    parts.push({ ...part, offset: position, length: end - position });
    position = end;
  };
  for (const claim of [...claims].sort((a, b) => a.offset - b.offset || a.length - b.length)) {
    const start = Math.min(Math.max(claim.offset, 0), total);
    if (start > position) push(nameGap(position, start), start);
    const end = Math.min(claim.offset + claim.length, total);
    const whole = claim.offset === position && claim.offset + claim.length <= total;
    const { name, finding } = claim;
    const part = { name, allowed: claim.allowed && whole, ...(finding && { finding }) };
    if (end > position) push(part, end);
    else if (finding || !part.allowed) push(part, position);
  }
  if (position < total) push(nameGap(position, total), total);
  return parts;
}
