/** Files that may lie beside a photo and are no photos themselves. */

/** Most that is read of a keep file. */
export const SIDECAR_BYTES = 64 * 1024;

const KEEP_END = Buffer.from('.keep.json');
const CAPTION_END = Buffer.from('.txt');
const SLASH = '/'.charCodeAt(0);
const DOT = '.'.charCodeAt(0);

/** Where the kept regions of a photo are written. */
export function keepPath(photo: Buffer): Buffer {
  return Buffer.concat([photo, KEEP_END]);
}

export function isKeepPath(path: Buffer): boolean {
  return path.subarray(-KEEP_END.length).equals(KEEP_END);
}

/** Where the caption of a photo may be written: behind its name, or instead of its extension. */
export function captionPaths(photo: Buffer): Buffer[] {
  const paths = [Buffer.concat([photo, CAPTION_END])];
  const dot = photo.lastIndexOf(DOT);
  if (dot > photo.lastIndexOf(SLASH) + 1) paths.push(Buffer.concat([photo.subarray(0, dot), CAPTION_END]));
  return paths.filter((path) => !path.equals(photo));
}
