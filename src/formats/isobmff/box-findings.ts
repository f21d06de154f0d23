import type { MetadataFinding } from '../../core/metadata.js';
import { ascii, type ContainerBox } from './boxes.js';

const USER_TYPES: Readonly<Record<string, MetadataFinding>> = {
  d8fec3d61b0e483c92975828877ec481: { part: 'c2pa', group: 'provenance', identifying: true },
  be7acfcb97a942e89c71999491e3afac: { part: 'xmp', group: 'other', identifying: true },
  '85c0b687820f11e08111f4ce462b6a48': { part: 'heif:canon', group: 'device', identifying: true },
};
/** Boxes that any image file may need, and properties that say only how to decode or show pixels. */
const STRUCTURAL = new Set([
  'ftyp', 'meta', 'hdlr', 'pitm', 'iloc', 'iinf', 'iref', 'iprp', 'ipco', 'ipma', 'idat', 'dinf', 'dref', 'mdat', 'grpl',
  'altr', 'ster', 'ispe', 'pixi', 'pasp', 'av1C', 'hvcC', 'avcC', 'jpgC', 'j2kH', 'irot', 'imir', 'clap', 'clli', 'mdcv',
  'amve', 'reve', 'a1op', 'a1lx', 'lsel', 'auxC', 'cclv', 'rloc', 'tols', 'cmpC', 'uncC', 'cmpd', 'lhvC', 'oinf', 'ndwt',
]); // prettier-ignore

/** What a box reveals by being there; undefined for boxes that are only structure. */
export function findingOfBox(bytes: Uint8Array, box: ContainerBox): MetadataFinding | undefined {
  const part = `heif:${box.type}`;
  if (box.userType)
    return USER_TYPES[box.userType] ?? { part: 'heif:uuid', group: 'other', identifying: true };
  if (box.type === 'colr') {
    const profile = ascii(bytes, box.content, box.content + 4) !== 'nclx';
    return profile ? { part: 'icc', group: 'colour-profile', identifying: true } : undefined;
  }
  if (box.type === 'free' || box.type === 'skip') {
    const empty = bytes.subarray(box.content, box.end).every((b) => b === 0);
    return empty ? undefined : { part, group: 'other', identifying: true };
  }
  if (box.type === 'moov' || box.type === 'moof') return { part, group: 'hidden-image', identifying: true };
  if (/^(mvhd|tkhd|mdhd|crtt|mdft)$/.test(box.type)) return { part, group: 'time', identifying: true };
  if (/^(udes|altt)$/.test(box.type)) return { part, group: 'comment', identifying: true };
  if (box.path.startsWith('moov/') && !/\/(udta|meta)(\/|$)/.test(box.path)) return undefined;
  return STRUCTURAL.has(box.type) ? undefined : { part, group: 'other', identifying: true };
}
