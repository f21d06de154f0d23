import type { ContainerPart, MetadataFinding } from '../../core/metadata.js';
import { trailingPart } from '../trailing-part.js';
import { isAllowed } from './allow-list.js';
import { isStandardQuantisation } from './quantisation.js';
import { readSegments } from './segments.js';

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
  const segments = readSegments(bytes);
  if (segments.length === 0) return [{ name: 'malformed', offset: 0, length: bytes.length, allowed: false }];
  const parts = segments.map((segment): ContainerPart => {
    const { name, offset, length } = segment;
    const content = bytes.subarray(segment.content, offset + length);
    const finding = findingOf(name, content);
    return {
      name,
      offset,
      length,
      allowed: !finding && isAllowed(segment, content),
      ...(finding && { finding }),
    };
  });
  const end = parts.reduce((sum, { length }) => sum + length, 0);
  return end < bytes.length ? [...parts, trailingPart(bytes, end)] : parts;
}

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
