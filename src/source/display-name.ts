/**
 * A path as it may be shown on a terminal: control and direction characters, and bytes that are not UTF-8, are escaped.
 * @param path bytes of the file system
 */
export function displayName(path: Buffer): string {
  const text = path.toString('utf8');
  const whole = Buffer.from(text).equals(path) ? text : escapeBytes(path);
  return whole.replace(
    // eslint-disable-next-line no-control-regex -- these are what must not reach a terminal
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function escapeBytes(path: Buffer): string {
  return [...path]
    .map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`))
    .join('');
}
