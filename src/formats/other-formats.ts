/* eslint-disable no-control-regex -- magic numbers of binary formats are full of them */
/** How files begin that people may mistake for photos, so that the refusal can say what they are. */
const OTHERS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['JPEG XL', /^(\xff\x0a|\0\0\0\x0cJXL )/],
  ['JPEG 2000', /^(\xff\x4f\xff\x51|\0\0\0\x0cjP {2})/],
  ['Photoshop (PSD)', /^8BPS/],
  ['Windows bitmap (BMP)', /^BM[\s\S]{12}[\x0c-\xff]\0\0\0/],
  ['DICOM', /^[\s\S]{128}DICM/],
  ['SVG', /^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/],
  ['PDF', /^%PDF-/],
  ['ZIP', /^PK\x03\x04/],
  ['Apple icon (ICNS)', /^icns/],
  ['DirectDraw (DDS)', /^DDS /],
  ['video', /^[\s\S]{4}ftyp(isom|iso\d|mp4\d|qt {2}|M4V |avc1|3gp)/],
];

/** The name of a known format that this project does not read, by the first bytes. */
export function nameOtherFormat(head: Uint8Array): string | undefined {
  const text = Buffer.from(head).toString('latin1');
  return OTHERS.find(([, pattern]) => pattern.test(text))?.[0];
}
