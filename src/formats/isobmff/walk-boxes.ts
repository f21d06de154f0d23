import type { ContainerPart, MetadataFinding } from '../../core/metadata.js';
import { tileParts, type Claim } from '../../metadata/tile-parts.js';
import { findingOfBox } from './box-findings.js';
import { readBoxes, type ContainerBox, type BoxFile } from './boxes.js';
import { itemRoles } from './item-roles.js';
import { readItems, type ImageItems } from './items.js';

/** What a format allows in a file that this tool wrote; each format has its own in `allow-list.ts`. */
export interface AllowList {
  /** Whether a box (for a container: its header) may be there with this content. */
  box(bytes: Uint8Array, box: ContainerBox, items: ImageItems | undefined): boolean;
  /** Whether a stretch of item data may be there; `type` is the item's. */
  data(bytes: Uint8Array, type: string, start: number, end: number): boolean;
}

/** Nothing is allowed: for formats that are only read. */
export const NOTHING_ALLOWED: AllowList = { box: () => false, data: () => false };

/** The items of the top "meta" box; undefined without one, 'damaged' when its tables cannot be read. */
export function itemsOf(bytes: Uint8Array, file: BoxFile): ImageItems | 'damaged' | undefined {
  const meta = file.boxes.find((b) => b.type === 'meta');
  if (!meta) return undefined;
  try {
    return readItems(bytes, meta);
  } catch (error) {
    if (error instanceof RangeError) return 'damaged';
    throw error;
  }
}

/** Every box and item of an image file, in file order; see the contract of `walk`. */
export function walkBoxes(bytes: Uint8Array, allowList: AllowList): ContainerPart[] {
  const file = readBoxes(bytes);
  const read = itemsOf(bytes, file);
  const items = read === 'damaged' ? undefined : read;
  const claims: Claim[] = [];
  const visit = (box: ContainerBox): void => {
    const finding = findingOfBox(bytes, box);
    const open = box.children.length > 0 || box.type === 'mdat' || box.type === 'idat';
    claims.push({
      name: box.path,
      offset: box.offset,
      length: (open ? box.content : box.end) - box.offset,
      allowed: allowList.box(bytes, box, items),
      ...(finding && { finding }),
    });
    box.children.forEach(visit);
  };
  file.boxes.forEach(visit);
  if (items) claims.push(...itemClaims(bytes, items, allowList));
  if (read === 'damaged') claims.push({ name: 'malformed', offset: bytes.length, length: 0, allowed: false });
  for (const { offset, end, known } of file.damage) {
    const finding: MetadataFinding = { part: 'trailing', group: 'trailing', identifying: true };
    const trailing = !known && end === bytes.length && offset > 0;
    claims.push({ name: trailing ? 'trailing' : 'malformed', offset, length: end - offset, allowed: false, ...(trailing && { finding }) }); // prettier-ignore
  }
  const hasTracks = file.boxes.some((b) => b.type === 'moov' || b.type === 'moof');
  return tileParts(claims, bytes.length, (offset, end) => {
    const zero = bytes.subarray(offset, end).every((b) => b === 0);
    if (zero) return { name: 'gap', allowed: false };
    const group = hasTracks ? 'hidden-image' : 'other';
    return { name: 'gap', allowed: false, finding: { part: 'gap', group, identifying: true } };
  });
}

function itemClaims(bytes: Uint8Array, file: ImageItems, allowList: AllowList): Claim[] {
  const claims: Claim[] = [];
  const roles = itemRoles(bytes, file);
  for (const item of file.items.values()) {
    const role = roles.get(item.id) ?? 'picture';
    const shown = role === 'picture' || role === 'alpha';
    const base = { name: `item/${item.type}`, ...(!shown && { finding: role }) };
    for (const { offset, length } of item.extents) {
      const allowed =
        shown && item.extents.length === 1 && allowList.data(bytes, item.type, offset, offset + length);
      claims.push({ ...base, offset, length, allowed });
    }
    // A derived or damaged item has no data of its own: an empty part at its entry shows that it exists.
    if (item.extents.length === 0 && !shown)
      claims.push({ ...base, offset: item.offset, length: 0, allowed: false });
  }
  return claims;
}
