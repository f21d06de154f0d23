/** Files that may lie beside a photo and are no photos themselves. */

/** The most bytes that are read of a keep file. */
export const SIDECAR_BYTES = 64 * 1024;

const KEEP_END = Buffer.from('.keep.json');
const CAPTION_END = Buffer.from('.txt');
const SLASH = '/'.charCodeAt(0);
const DOT = '.'.charCodeAt(0);

/** The path of the file with the kept regions of a photo. */
export function keepPath(photo: Buffer): Buffer {
  return Buffer.concat([photo, KEEP_END]);
}

export function isKeepPath(path: Buffer): boolean {
  return path.subarray(-KEEP_END.length).equals(KEEP_END);
}

/** The possible paths of a photo's caption: its ending follows the photo's name, or replaces the extension. */
export function captionPaths(photo: Buffer): Buffer[] {
  const paths = [Buffer.concat([photo, CAPTION_END])];
  const dot = photo.lastIndexOf(DOT);
  if (dot > photo.lastIndexOf(SLASH) + 1) paths.push(Buffer.concat([photo.subarray(0, dot), CAPTION_END]));
  return paths.filter((path) => !path.equals(photo));
}
