/** Boxes of the ISO base media file format (ISO/IEC 14496-12), read with bounded depth and number. */

/** A box of a container: its type, and where its bytes lie. */
export interface ContainerBox {
  /** Four characters; bytes outside ASCII as "?". */
  readonly type: string;
  /** Types from the top, e.g. "meta/iprp/ipco". */
  readonly path: string;
  readonly offset: number;
  /** Where the content starts: after size, type, a user type, and version and flags where the box has them. */
  readonly content: number;
  /** Exclusive. */
  readonly end: number;
  /** Of a box whose type is "uuid": 32 lower-case hex digits. */
  readonly userType?: string;
  readonly children: readonly ContainerBox[];
}

export interface BoxFile {
  readonly boxes: readonly ContainerBox[];
  /**
   * Stretches that could not be read as boxes, `end` exclusive; `known` is false for foreign data after the last box.
   */
  readonly damage: readonly { readonly offset: number; readonly end: number; readonly known: boolean }[];
}

const CONTAINERS = new Set([
  'meta', 'iprp', 'ipco', 'moov', 'trak', 'mdia', 'minf', 'stbl', 'edts', 'dinf', 'grpl', 'udta', 'moof', 'traf', 'mvex',
]); // prettier-ignore
/** Boxes that may be at the top level of a file; anything else that cannot be read there is foreign data. */
const TOP_TYPES = new Set([
  'ftyp',
  'meta',
  'mdat',
  'moov',
  'moof',
  'free',
  'skip',
  'wide',
  'uuid',
  'mfra',
  'sidx',
  'styp',
]);
const MAX_BOXES = 50_000;
const MAX_DEPTH = 12;

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** ASCII text of a stretch of bytes, cut at the file's end; other bytes become "?". */
export function ascii(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (const b of bytes.subarray(start, end)) text += b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : '?';
  return text;
}

/** Major and compatible brands of the "ftyp" box that a file must begin with; [] for anything else. */
export function readBrands(bytes: Uint8Array): readonly string[] {
  if (bytes.length < 16 || ascii(bytes, 4, 8) !== 'ftyp') return [];
  const size = Math.min(viewOf(bytes).getUint32(0), 4096, bytes.length);
  const brands = [ascii(bytes, 8, 12)];
  for (let at = 16; at + 4 <= size; at += 4) brands.push(ascii(bytes, at, at + 4));
  return brands;
}

/** Reads the tree of boxes; never throws. */
export function readBoxes(bytes: Uint8Array): BoxFile {
  const view = viewOf(bytes);
  const damage: { offset: number; end: number; known: boolean }[] = [];
  let left = MAX_BOXES;

  const read = (start: number, end: number, parent: string, depth: number): ContainerBox[] => {
    const boxes: ContainerBox[] = [];
    let at = start;
    while (at < end) {
      const box = readOne(at, end, parent, depth);
      if (!box) {
        const known = depth > 0 || (at + 8 <= end && TOP_TYPES.has(ascii(bytes, at + 4, at + 8)));
        damage.push({ offset: at, end, known });
        break;
      }
      boxes.push(box);
      at = box.end;
    }
    return boxes;
  };

  const readOne = (at: number, end: number, parent: string, depth: number): ContainerBox | undefined => {
    if (at + 8 > end || left-- <= 0) return undefined;
    const type = ascii(bytes, at + 4, at + 8);
    let size = view.getUint32(at);
    let content = at + 8;
    if (size === 1) {
      if (at + 16 > end) return undefined;
      size = Number(view.getBigUint64(at + 8));
      content = at + 16;
    } else if (size === 0) {
      // Up to the end of the file, which only a box at the top may ask for.
      if (depth > 0) return undefined;
      size = end - at;
    }
    const boxEnd = at + size;
    if (size < content - at || boxEnd > end) return undefined;
    const path = parent ? `${parent}/${type}` : type;
    let userType: string | undefined;
    if (type === 'uuid') {
      if (content + 16 > boxEnd) return undefined;
      userType = Buffer.from(bytes.subarray(content, content + 16)).toString('hex');
      content += 16;
    }
    let children: ContainerBox[] = [];
    if (CONTAINERS.has(type) && depth < MAX_DEPTH) {
      // QuickTime's "meta" has no version and flags: its first child starts where they would be.
      const fullBox = type === 'meta' && ascii(bytes, content + 4, content + 8) !== 'hdlr';
      if (fullBox) content = Math.min(content + 4, boxEnd);
      children = read(content, boxEnd, path, depth + 1);
    }
    return { type, path, offset: at, content, end: boxEnd, children, ...(userType && { userType }) };
  };

  return { boxes: read(0, bytes.length, '', 0), damage };
}

/** The first box at a path below some boxes, e.g. find(boxes, 'meta', 'iprp'). */
export function findBox(
  boxes: readonly ContainerBox[],
  ...path: readonly string[]
): ContainerBox | undefined {
  const [type, ...rest] = path;
  const box = boxes.find((b) => b.type === type);
  return rest.length && box ? findBox(box.children, ...rest) : box;
}
