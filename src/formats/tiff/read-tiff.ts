/** TIFF 6.0 (Adobe, 1992) and BigTIFF (Joris van Damme, 2007): where every directory, entry and value lies. */

export interface TiffEntry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Byte offset of the 12 (BigTIFF: 20) bytes of the entry. */
  readonly offset: number;
  /** Byte offset of the value: inside the entry when it fits there. */
  readonly valueOffset: number;
  /** In bytes; may reach beyond the file when that is damaged. */
  readonly valueLength: number;
  readonly inline: boolean;
}

export type DirectoryKind = 'page' | 'sub' | 'exif' | 'gps' | 'interop';

export interface TiffDirectory {
  readonly kind: DirectoryKind;
  /** "IFD0", "IFD0/SubIFD1", "IFD0/EXIF". */
  readonly path: string;
  readonly offset: number;
  /** Byte offset of the pointer to the next directory. */
  readonly nextOffset: number;
  readonly entries: readonly TiffEntry[];
}

export interface TiffFile {
  readonly littleEndian: boolean;
  /** BigTIFF: offsets and counts have 8 bytes. */
  readonly big: boolean;
  readonly directories: readonly TiffDirectory[];
  /** Why reading stopped before every directory was seen; absent when the file is whole. */
  readonly damage?: 'header' | 'loop' | 'out-of-bounds' | 'too-many';
  /** False when the chain of pages is damaged, not only a directory of metadata beside it. */
  readonly pagesWhole: boolean;
}

const TYPE_SIZES: Readonly<Record<number, number>> = {
  1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8,
}; // prettier-ignore
const POINTERS: Readonly<Record<number, readonly [kind: DirectoryKind, name: string]>> = {
  330: ['sub', 'SubIFD'],
  34665: ['exif', 'EXIF'],
  34853: ['gps', 'GPS'],
  40965: ['interop', 'Interop'],
};
/** Far beyond any real file, and still read in well under a second. */
const MAX_DIRECTORIES = 2000;
const MAX_ENTRIES = 100_000;
const MAX_PATH = 120;

/** Whether the first bytes are a TIFF header, classic or big, in either byte order. */
export function isTiff(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return false;
  const [a, b, c, d] = bytes as unknown as [number, number, number, number];
  if (a === 0x49 && b === 0x49) return (c === 42 || c === 43) && d === 0;
  return a === 0x4d && b === 0x4d && c === 0 && (d === 42 || d === 43);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Up to `most` numbers of an integer or rational entry (a rational as numerator, denominator); [] for others. */
export function entryNumbers(
  bytes: Uint8Array,
  file: TiffFile,
  entry: TiffEntry,
  most = 100_000,
): readonly number[] {
  const view = viewOf(bytes);
  const le = file.littleEndian;
  const rational = entry.type === 5;
  const size = rational ? 4 : (TYPE_SIZES[entry.type] ?? 0);
  if (![1, 3, 4, 5, 13, 16, 18].includes(entry.type)) return [];
  const inFile = Math.max(0, Math.floor((bytes.length - entry.valueOffset) / size));
  const count = Math.min(entry.count * (rational ? 2 : 1), most, inFile);
  return Array.from({ length: count }, (_, i) => {
    const at = entry.valueOffset + i * size;
    if (size === 1) return view.getUint8(at);
    if (size === 2) return view.getUint16(at, le);
    return size === 4 ? view.getUint32(at, le) : Number(view.getBigUint64(at, le));
  });
}

/** The numbers of a tag in a directory; [] when it has none. */
export function tagNumbers(
  bytes: Uint8Array,
  file: TiffFile,
  directory: TiffDirectory,
  tag: number,
): readonly number[] {
  const entry = directory.entries.find((e) => e.tag === tag);
  return entry ? entryNumbers(bytes, file, entry) : [];
}

/** Reads every directory that can be reached; never throws, never visits an offset twice. */
export function readTiff(bytes: Uint8Array): TiffFile {
  const view = viewOf(bytes);
  const littleEndian = bytes[0] === 0x49;
  const big = (littleEndian ? bytes[2] : bytes[3]) === 43;
  const directories: TiffDirectory[] = [];
  if (!isTiff(bytes) || (big && bytes.length < 16)) {
    return { littleEndian, big, directories, damage: 'header', pagesWhole: false };
  }
  const u16 = (at: number): number => view.getUint16(at, littleEndian);
  const u32 = (at: number): number => view.getUint32(at, littleEndian);
  const word = (at: number): number => (big ? Number(view.getBigUint64(at, littleEndian)) : u32(at));
  const [wordSize, countSize, entrySize] = big ? [8, 8, 20] : [4, 2, 12];
  const visited = new Set<number>();
  let entriesLeft = MAX_ENTRIES;
  let damage: TiffFile['damage'];
  let pagesWhole = true;
  const fail = (reason: TiffFile['damage'], kind: DirectoryKind): void => {
    damage ??= reason;
    if (kind === 'page') pagesWhole = false;
  };

  const queue: { kind: DirectoryKind; path: string; offset: number; page?: number }[] = [
    { kind: 'page', path: 'IFD0', offset: word(big ? 8 : 4), page: 0 },
  ];
  for (let item = queue.shift(); item; item = queue.shift()) {
    const { kind, path, offset, page } = item;
    if (offset === 0) continue;
    if (visited.has(offset)) {
      fail('loop', kind);
      continue;
    }
    visited.add(offset);
    if (offset + countSize > bytes.length) {
      fail('out-of-bounds', kind);
      continue;
    }
    const count = big ? word(offset) : u16(offset);
    const nextOffset = offset + countSize + count * entrySize;
    if (nextOffset + wordSize > bytes.length) {
      fail('out-of-bounds', kind);
      continue;
    }
    entriesLeft -= count;
    if (entriesLeft < 0 || directories.length >= MAX_DIRECTORIES || path.length > MAX_PATH) {
      fail('too-many', 'page');
      break;
    }
    const entries = Array.from({ length: count }, (_, i): TiffEntry => {
      const at = offset + countSize + i * entrySize;
      const type = u16(at + 2);
      const n = word(at + 4);
      const valueLength = n * (TYPE_SIZES[type] ?? 1);
      const inline = valueLength <= wordSize;
      const slot = at + 4 + wordSize;
      return { tag: u16(at), type, count: n, offset: at, valueOffset: inline ? slot : word(slot), valueLength, inline }; // prettier-ignore
    });
    const directory = { kind, path, offset, nextOffset, entries };
    directories.push(directory);
    const soFar: TiffFile = { littleEndian, big, directories, pagesWhole };
    for (const entry of entries) {
      const pointer = POINTERS[entry.tag];
      if (!pointer) continue;
      entryNumbers(bytes, soFar, entry, MAX_DIRECTORIES).forEach((to, i) => {
        queue.push({ kind: pointer[0], path: `${path}/${pointer[1]}${i || ''}`, offset: to });
      });
    }
    if (page !== undefined) {
      queue.push({ kind: 'page', path: `IFD${page + 1}`, offset: word(nextOffset), page: page + 1 });
    } else if (kind === 'sub' && word(nextOffset) !== 0) {
      queue.push({ kind: 'sub', path: `${path}+`, offset: word(nextOffset) });
    }
  }
  return { littleEndian, big, directories, pagesWhole, ...(damage && { damage }) };
}
