import { ascii, viewOf, type ContainerBox } from './boxes.js';
import type { StillImage } from './open-still-image.js';

/** The colours of an image: an ICC profile, or code points of ITU-T H.273. */
export type StatedColour =
  | { readonly kind: 'icc'; readonly profile: Uint8Array }
  | { readonly kind: 'nclx'; readonly primaries: number; readonly transfer: number };

const ICC_HEADER = 128;
/** "Unspecified" in H.273. */
const UNSPECIFIED = 2;

/**
 * What the "colr" properties of the primary image say, or, for a grid that has none (older iPhones), those of its
 * tiles; undefined when they say nothing. A profile wins over code points (ISO/IEC 23008-12).
 */
export function colourOf(bytes: Uint8Array, { properties, items }: StillImage): StatedColour | undefined {
  const tiles = items.references
    .filter((r) => r.type === 'dimg' && r.from === items.primary)
    .flatMap((r) => r.to);
  const [tile] = tiles;
  const ofTile = (tile === undefined ? [] : (items.associations.get(tile) ?? [])).flatMap(
    (i) => items.properties[i] ?? [],
  );
  return fromProperties(bytes, properties) ?? fromProperties(bytes, ofTile);
}

function fromProperties(bytes: Uint8Array, properties: readonly ContainerBox[]): StatedColour | undefined {
  let points: StatedColour | undefined;
  for (const box of properties) {
    if (box.type !== 'colr') continue;
    const kind = ascii(bytes, box.content, box.content + 4);
    if ((kind === 'prof' || kind === 'rICC') && box.end - box.content > 4 + ICC_HEADER) {
      return { kind: 'icc', profile: bytes.subarray(box.content + 4, box.end) };
    }
    if (kind === 'nclx' && box.end - box.content >= 11) {
      const view = viewOf(bytes);
      const [primaries, transfer] = [view.getUint16(box.content + 4), view.getUint16(box.content + 6)];
      const says = primaries !== UNSPECIFIED || transfer !== UNSPECIFIED;
      points = says ? { kind: 'nclx', primaries, transfer } : undefined;
    }
  }
  return points;
}
