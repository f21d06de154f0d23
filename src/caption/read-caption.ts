import { ImageDeidError } from '../core/errors.js';

/** Far more than anybody writes about a photo. */
export const MOST_CAPTION_BYTES = 100 * 1024;

/**
 * A caption's text: UTF-16 if it has a byte order mark, else UTF-8 if it is valid, else Windows-1252, as in older
 * French notes.
 * @throws {ImageDeidError} malformed, when it is not text; too-large, when it is too long for a caption
 */
export function readCaption(bytes: Uint8Array): string {
  if (bytes.length > MOST_CAPTION_BYTES) {
    throw new ImageDeidError({ id: 'error/too-large/caption', values: { most: MOST_CAPTION_BYTES } }, 'read');
  }
  const text = decode(bytes);
  // eslint-disable-next-line no-control-regex -- these are what a text does not hold
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text))
    throw new ImageDeidError({ id: 'error/malformed/caption', values: {} }, 'read');
  return text;
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
