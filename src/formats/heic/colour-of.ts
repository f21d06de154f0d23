import { ascii, viewOf, type ContainerBox } from '../isobmff/boxes.js';
import type { StillImage } from '../isobmff/open-still-image.js';

/** The colours of a decoded image: an ICC profile, or code points of ITU-T H.273. */
export type SourceColour =
  | { readonly kind: 'icc'; readonly profile: Uint8Array }
  | { readonly kind: 'nclx'; readonly primaries: number; readonly transfer: number };

const ICC_HEADER = 128;
/** "Unspecified" in H.273; then sRGB is assumed, as every viewer does. */
const UNSPECIFIED: SourceColour = { kind: 'nclx', primaries: 2, transfer: 2 };

/**
 * What the "colr" properties of the primary image say, or, for a grid that has none (older iPhones), those of its
 * tiles. A profile wins over code points (ISO/IEC 23008-12).
 */
export function colourOf(bytes: Uint8Array, { properties, items }: StillImage): SourceColour {
  const tiles = items.references
    .filter((r) => r.type === 'dimg' && r.from === items.primary)
    .flatMap((r) => r.to);
  const [tile] = tiles;
  const ofTile = (tile === undefined ? [] : (items.associations.get(tile) ?? [])).flatMap(
    (i) => items.properties[i] ?? [],
  );
  return fromProperties(bytes, properties) ?? fromProperties(bytes, ofTile) ?? UNSPECIFIED;
}

function fromProperties(bytes: Uint8Array, properties: readonly ContainerBox[]): SourceColour | undefined {
  let points: SourceColour | undefined;
  for (const box of properties) {
    if (box.type !== 'colr') continue;
    const kind = ascii(bytes, box.content, box.content + 4);
    if ((kind === 'prof' || kind === 'rICC') && box.end - box.content > 4 + ICC_HEADER) {
      return { kind: 'icc', profile: bytes.subarray(box.content + 4, box.end) };
    }
    if (kind === 'nclx' && box.end - box.content >= 11) {
      const view = viewOf(bytes);
      const [primaries, transfer] = [view.getUint16(box.content + 4), view.getUint16(box.content + 6)];
      points = { kind: 'nclx', primaries, transfer };
    }
  }
  return points;
}
