import type { MetadataFinding } from '../../core/metadata.js';
import { ascii, type ContainerBox } from './boxes.js';
import type { ImageItems, Item } from './items.js';

/** What an item is for: part of the picture that is shown, part of its alpha plane, or else a finding. */
export type ItemRole = 'picture' | 'alpha' | MetadataFinding;

const ALPHA_TYPES = ['urn:mpeg:mpegB:cicp:systems:auxiliary:alpha', 'urn:mpeg:hevc:2015:auxid:1', 'urn:mpeg:avc:2015:auxid:1']; // prettier-ignore

/** The role of every item of an image file. */
export function itemRoles(bytes: Uint8Array, file: ImageItems): ReadonlyMap<number, ItemRole> {
  const picture = sourcesOf(file, file.primary === undefined ? [] : [file.primary]);
  const alphas = file.references
    .filter((r) => r.type === 'auxl' && r.to.some((id) => picture.has(id)) && isAlpha(bytes, file, r.from))
    .map((r) => r.from);
  const alpha = sourcesOf(file, alphas);
  const thumbnails = sourcesOf(file, referrers(file, 'thmb'));
  const auxiliaries = sourcesOf(file, referrers(file, 'auxl'));
  const roles = new Map<number, ItemRole>();
  for (const item of file.items.values()) {
    if (picture.has(item.id)) roles.set(item.id, 'picture');
    else if (alpha.has(item.id)) roles.set(item.id, 'alpha');
    else roles.set(item.id, dataFinding(item) ?? imageFinding(item, thumbnails, auxiliaries));
  }
  return roles;
}

/** The given items and everything they are derived from (grids, overlays). */
function sourcesOf(file: ImageItems, roots: readonly number[]): Set<number> {
  const sources = new Map<number, number[]>();
  for (const { type, from, to } of file.references) {
    if (type === 'dimg') sources.set(from, [...(sources.get(from) ?? []), ...to]);
  }
  const seen = new Set(roots);
  const open = [...roots];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const source of sources.get(id) ?? []) {
      if (!seen.has(source)) open.push(source);
      seen.add(source);
    }
  }
  return seen;
}

function referrers(file: ImageItems, type: string): number[] {
  return file.references.filter((r) => r.type === type).map((r) => r.from);
}

function isAlpha(bytes: Uint8Array, file: ImageItems, id: number): boolean {
  return (file.associations.get(id) ?? []).some((index) => {
    const property = file.properties[index];
    return property?.type === 'auxC' && isAlphaProperty(bytes, property);
  });
}

/** Whether an "auxC" property says "alpha" and nothing more. */
export function isAlphaProperty(bytes: Uint8Array, property: ContainerBox): boolean {
  const text = ascii(bytes, property.content + 4, property.end - 1);
  return ALPHA_TYPES.includes(text) && bytes[property.end - 1] === 0;
}

function dataFinding(item: Item): MetadataFinding | undefined {
  if (item.type === 'Exif') return { part: 'exif', group: 'other', identifying: true };
  if (item.type === 'mime') {
    const xmp = /rdf\+xml|xmp/i.test(item.contentType);
    return { part: xmp ? 'xmp' : 'heif:mime', group: 'other', identifying: true };
  }
  if (/^(jumb|c2pa|c2cs)$/.test(item.type)) {
    return { part: 'c2pa', group: 'provenance', identifying: true };
  }
  if (/^(uri |\?\?\?\?)$/.test(item.type)) return { part: 'heif:item', group: 'other', identifying: true };
  return undefined;
}

function imageFinding(
  item: Item,
  thumbnails: ReadonlySet<number>,
  auxiliaries: ReadonlySet<number>,
): MetadataFinding {
  if (thumbnails.has(item.id)) return { part: 'heif:thumbnail', group: 'preview', identifying: true };
  if (item.type === 'tmap') return { part: 'heif:gain-map', group: 'hidden-image', identifying: true };
  const part = auxiliaries.has(item.id) ? 'heif:auxiliary-image' : 'heif:item';
  return { part, group: 'hidden-image', identifying: true };
}
