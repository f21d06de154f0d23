import type { ContainerPart, MetadataFinding } from '../../core/metadata.js';
import { endOfPicture } from './end-of-picture.js';
import { trailingGroup, trailingPart } from '../trailing-part.js';
import { isAllowed } from './allow-list.js';
import { isStandardQuantisation } from './quantisation.js';
import { readSegments, type Segment } from './segments.js';

/** How known APPn segments begin, and what each reveals. */
const APPLICATIONS: readonly (readonly [name: string, start: string, finding: MetadataFinding])[] = [
  ['APP0', 'JFXX\0', { part: 'jpeg:JFXX', group: 'preview', identifying: true }],
  ['APP1', 'Exif\0', { part: 'exif', group: 'other', identifying: true }],
  ['APP1', 'http://ns.adobe.com/xap/1.0/\0', { part: 'xmp', group: 'other', identifying: true }],
  ['APP1', 'http://ns.adobe.com/xmp/extension/\0', { part: 'xmp', field: 'extended', group: 'other', identifying: true }],
  ['APP2', 'ICC_PROFILE\0', { part: 'icc', group: 'colour-profile', identifying: true }],
  ['APP2', 'MPF\0', { part: 'jpeg:MPF', group: 'hidden-image', identifying: true }],
  ['APP2', 'urn:iso:std:iso:ts:21496', { part: 'jpeg:gain-map', group: 'hidden-image', identifying: true }],
  ['APP11', 'JP', { part: 'c2pa', group: 'provenance', identifying: true }],
  ['APP12', 'Ducky', { part: 'jpeg:Ducky', group: 'software', identifying: true }],
  ['APP13', 'Photoshop 3.0\0', { part: 'iptc', group: 'other', identifying: true }],
  ['APP14', 'Adobe', { part: 'jpeg:Adobe', group: 'other', identifying: false }],
]; // prettier-ignore

/** Every segment of a JPEG, in file order; see the contract of `walk`. */
export function walkJpeg(bytes: Uint8Array): ContainerPart[] {
  const read = readSegments(bytes);
  const end = read.at(-1)?.name === 'EOI' ? undefined : endOfPicture(bytes, read);
  // Without an end mark, what follows the last block of the picture lies behind it.
  const segments = end === undefined ? read : upTo(end, read);
  if (segments.length === 0) return [{ name: 'malformed', offset: 0, length: bytes.length, allowed: false }];
  const parts = segments.map((segment): ContainerPart => {
    const { name, offset, length } = segment;
    const content = bytes.subarray(segment.content, offset + length);
    const finding = name === 'malformed' ? unmarkedEnd(bytes, segments) : findingOf(name, content);
    return {
      name,
      offset,
      length,
      allowed: !finding && isAllowed(segment, content),
      ...(finding && { finding }),
    };
  });
  const covered = parts.reduce((sum, { length }) => sum + length, 0);
  return covered < bytes.length ? [...parts, trailingPart(bytes, covered)] : parts;
}

/** The segments before an offset, with an empty one that is not allowed: the end mark that is missing. */
function upTo(end: number, segments: readonly Segment[]): Segment[] {
  const before = segments.filter(({ offset }) => offset < end);
  const cut = before.map((s) => (s.offset + s.length > end ? { ...s, length: end - s.offset } : s));
  return [...cut, { name: 'malformed', offset: end, length: 0, content: end }];
}

/** Without an end mark, what follows the picture cannot be told from it: phones append videos and depth maps there. */
function unmarkedEnd(bytes: Uint8Array, segments: readonly Segment[]): MetadataFinding {
  const scan = segments.findLast(({ name }) => name === 'scan');
  return { part: 'trailing', field: 'NoEndMark', group: trailingGroup(bytes.subarray(scan?.offset ?? 2)), identifying: true };
} // prettier-ignore

function findingOf(name: string, content: Uint8Array): MetadataFinding | undefined {
  if (name === 'COM') return { part: 'jpeg:COM', group: 'comment', identifying: true };
  if (name === 'DQT' && !isStandardQuantisation(content)) {
    return { part: 'jpeg:DQT', field: 'QuantisationTables', group: 'device', identifying: true };
  }
  if (!name.startsWith('APP')) return undefined;
  const start = Buffer.from(content.subarray(0, 40)).toString('latin1');
  if (name === 'APP0' && start.startsWith('JFIF\0')) {
    const thumbnail = content[12] !== 0 || content[13] !== 0 || content.length !== 14;
    return thumbnail
      ? { part: 'jpeg:JFIF', field: 'Thumbnail', group: 'preview', identifying: true }
      : undefined;
  }
  const known = APPLICATIONS.find(([segment, text]) => segment === name && start.startsWith(text));
  return known?.[2] ?? { part: `jpeg:${name}`, group: 'other', identifying: true };
}
