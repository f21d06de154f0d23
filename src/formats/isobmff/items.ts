import { ascii, findBox, viewOf, type ContainerBox } from './boxes.js';

/** A stretch of the file that belongs to an item. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

export interface Item {
  readonly id: number;
  /** "av01", "hvc1", "grid", "Exif", "mime", … */
  readonly type: string;
  readonly named: boolean;
  /** Of a "mime" item. */
  readonly contentType: string;
  /** Byte offset of its "infe" box. */
  readonly offset: number;
  /** The specification calls them extents. */
  readonly extents: readonly ByteRange[];
}

export interface Reference {
  readonly type: string;
  readonly from: number;
  readonly to: readonly number[];
}

/** What the "meta" box of an image file says (ISO/IEC 23008-12). */
export interface ImageItems {
  readonly primary: number | undefined;
  readonly items: ReadonlyMap<number, Item>;
  readonly references: readonly Reference[];
  readonly properties: readonly ContainerBox[];
  /** Item → indices into `properties`. */
  readonly associations: ReadonlyMap<number, readonly number[]>;
}

const MAX_ITEMS = 20_000;

/** A reader that stops at a box's end by throwing RangeError, as DataView does. */
class Cursor {
  constructor(
    private readonly view: DataView,
    public at: number,
    private readonly end: number,
  ) {}
  /** An unsigned number of 0, 1, 2, 4 or 8 bytes. */
  take(size: number): number {
    if (this.at + size > this.end) throw new RangeError('Expected more bytes in the box');
    const at = this.at;
    this.at += size;
    if (size === 0) return 0;
    if (size === 1) return this.view.getUint8(at);
    if (size === 2) return this.view.getUint16(at);
    if (size === 4) return this.view.getUint32(at);
    return Number(this.view.getBigUint64(at));
  }
  get left(): number {
    return this.end - this.at;
  }
}

/**
 * Reads the items of a "meta" box.
 * @throws {RangeError} when a table ends too early or has too many rows
 */
export function readItems(bytes: Uint8Array, meta: ContainerBox): ImageItems {
  const view = viewOf(bytes);
  const open = (...path: string[]): { cursor: Cursor; version: number; flags: number } | undefined => {
    const box = findBox(meta.children, ...path);
    if (!box) return undefined;
    const cursor = new Cursor(view, box.content, box.end);
    const word = cursor.take(4);
    return { cursor, version: word >>> 24, flags: word & 0xffffff };
  };
  const pitm = open('pitm');
  const primary = pitm?.cursor.take(pitm.version === 0 ? 2 : 4);
  const extents = readExtents(open('iloc'), findBox(meta.children, 'idat'), bytes.length);
  return {
    primary,
    items: readItemInfo(bytes, findBox(meta.children, 'iinf'), extents),
    references: readReferences(view, findBox(meta.children, 'iref')),
    properties: findBox(meta.children, 'iprp', 'ipco')?.children ?? [],
    associations: readAssociations(open('iprp', 'ipma')),
  };
}

type Opened = { cursor: Cursor; version: number; flags: number } | undefined;

function readExtents(
  iloc: Opened,
  idat: ContainerBox | undefined,
  fileLength: number,
): Map<number, ByteRange[]> {
  const found = new Map<number, ByteRange[]>();
  if (!iloc) return found;
  const { cursor, version } = iloc;
  const sizes = cursor.take(2);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version > 0 ? sizes & 15 : 0;
  const count = bounded(cursor.take(version < 2 ? 2 : 4));
  for (let i = 0; i < count; i++) {
    const id = cursor.take(version < 2 ? 2 : 4);
    const method = version > 0 ? cursor.take(2) & 15 : 0;
    cursor.take(2);
    const base = cursor.take(baseSize);
    const extents: ByteRange[] = [];
    const extentCount = cursor.take(2);
    for (let k = 0; k < extentCount; k++) {
      cursor.take(indexSize);
      const offset = base + cursor.take(offsetSize);
      const length = cursor.take(lengthSize);
      // Method 0 counts from the file's start, 1 from the start of "idat"; 2 lies inside another item.
      if (method === 0) extents.push({ offset, length: length || Math.max(0, fileLength - offset) });
      if (method === 1 && idat) {
        extents.push({ offset: idat.content + offset, length: length || idat.end - idat.content });
      }
    }
    found.set(id, [...(found.get(id) ?? []), ...extents]);
  }
  return found;
}

function readItemInfo(
  bytes: Uint8Array,
  iinf: ContainerBox | undefined,
  extents: ReadonlyMap<number, readonly ByteRange[]>,
): Map<number, Item> {
  const items = new Map<number, Item>();
  if (!iinf) return items;
  const view = viewOf(bytes);
  const cursor = new Cursor(view, iinf.content, iinf.end);
  const count = bounded(cursor.take(cursor.take(4) >>> 24 === 0 ? 2 : 4));
  for (let i = 0; i < count; i++) {
    const offset = cursor.at;
    const size = cursor.take(4);
    const end = offset + size;
    if (size < 20 || end > iinf.end) throw new RangeError('Expected an item entry inside its table');
    cursor.take(4);
    const version = cursor.take(4) >>> 24;
    const id = cursor.take(version === 3 ? 4 : 2);
    cursor.take(2);
    // Versions 0 and 1 have no type: such an item is something that this tool does not know.
    const type = version >= 2 ? ascii(bytes, cursor.at, cursor.at + 4) : '????';
    const nameAt = cursor.at + (version >= 2 ? 4 : 0);
    const nameEnd = textEnd(bytes, nameAt, end);
    const contentType = type === 'mime' ? ascii(bytes, nameEnd + 1, textEnd(bytes, nameEnd + 1, end)) : '';
    items.set(id, { id, type, named: nameEnd > nameAt, contentType, offset, extents: extents.get(id) ?? [] });
    cursor.at = end;
  }
  return items;
}

function readReferences(view: DataView, iref: ContainerBox | undefined): Reference[] {
  const references: Reference[] = [];
  if (!iref) return references;
  const cursor = new Cursor(view, iref.content, iref.end);
  const idSize = cursor.take(4) >>> 24 === 0 ? 2 : 4;
  while (cursor.left >= 8) {
    cursor.take(4);
    const type = String.fromCharCode(cursor.take(1), cursor.take(1), cursor.take(1), cursor.take(1));
    const from = cursor.take(idSize);
    const to = Array.from({ length: bounded(cursor.take(2)) }, () => cursor.take(idSize));
    references.push({ type, from, to });
  }
  return references;
}

function readAssociations(ipma: Opened): Map<number, readonly number[]> {
  const associations = new Map<number, readonly number[]>();
  if (!ipma) return associations;
  const { cursor, version, flags } = ipma;
  const count = bounded(cursor.take(4));
  for (let i = 0; i < count; i++) {
    const id = cursor.take(version < 1 ? 2 : 4);
    const indices = Array.from({ length: cursor.take(1) }, () =>
      flags & 1 ? (cursor.take(2) & 0x7fff) - 1 : (cursor.take(1) & 0x7f) - 1,
    );
    associations.set(id, indices.filter((n) => n >= 0)); // prettier-ignore
  }
  return associations;
}

function textEnd(bytes: Uint8Array, start: number, end: number): number {
  const zero = bytes.subarray(start, end).indexOf(0);
  return zero < 0 ? end : start + zero;
}

function bounded(count: number): number {
  if (count > MAX_ITEMS) throw new RangeError(`Expected at most ${MAX_ITEMS} rows but received ${count}`);
  return count;
}
