import { ascii, type ContainerBox } from '../isobmff/boxes.js';
import { isAlphaProperty } from '../isobmff/item-roles.js';
import type { ImageItems } from '../isobmff/items.js';
import type { AllowList } from '../isobmff/walk-boxes.js';
import { holdsOnlyPixels } from './obus.js';

const BRANDS = new Set(['avif', 'mif1', 'miaf', 'MA1A', 'MA1B']);
const CONTAINERS = new Set([
  'meta',
  'meta/iprp',
  'meta/iprp/ipco',
  'meta/pitm',
  'meta/iloc',
  'meta/iprp/ipma',
  'mdat',
]);
const REFERENCES = ['auxl', 'prem'];

/** What an AVIF written by this tool may hold: one AV1 image, perhaps with an alpha plane, and nothing else. */
export const AVIF_ALLOW_LIST: AllowList = {
  box: (bytes, box, items) => items !== undefined && isAllowed(bytes, box, items),
  data: (bytes, type, start, end) => type === 'av01' && holdsOnlyPixels(bytes, start, end),
};

function isAllowed(bytes: Uint8Array, box: ContainerBox, items: ImageItems): boolean {
  const size = box.end - box.content;
  switch (box.path) {
    case 'ftyp':
      return onlyBrands(bytes, box);
    case 'meta/hdlr':
      // Version, flags and reserved fields zero, the handler "pict", no name.
      return (
        size === 25 &&
        ascii(bytes, box.content + 8, box.content + 12) === 'pict' &&
        countNonZero(bytes, box) === 4
      );
    case 'meta/iinf':
      return (
        [...items.items.values()].every((item) => item.type === 'av01' && !item.named) &&
        items.items.size <= 2
      );
    case 'meta/iref':
      return items.references.every((r) => REFERENCES.includes(r.type));
    case 'meta/iprp/ipco/ispe':
      return size === 12;
    case 'meta/iprp/ipco/pixi':
      return size <= 9;
    case 'meta/iprp/ipco/av1C':
      return size >= 4 && holdsOnlyPixels(bytes, box.content + 4, box.end);
    case 'meta/iprp/ipco/auxC':
      return isAlphaProperty(bytes, box);
    case 'meta/iprp/ipco/colr':
      return size === 11 && ascii(bytes, box.content, box.content + 4) === 'nclx';
    default:
      return CONTAINERS.has(box.path);
  }
}

function onlyBrands(bytes: Uint8Array, box: ContainerBox): boolean {
  const brands = [ascii(bytes, box.content, box.content + 4)];
  for (let at = box.content + 8; at < box.end; at += 4) brands.push(ascii(bytes, at, at + 4));
  const minor = bytes.subarray(box.content + 4, box.content + 8);
  return brands.every((brand) => BRANDS.has(brand)) && minor.every((b) => b === 0);
}

function countNonZero(bytes: Uint8Array, box: ContainerBox): number {
  return bytes.subarray(box.content, box.end).filter((b) => b !== 0).length;
}
