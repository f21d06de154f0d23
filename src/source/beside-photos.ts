/**
 * What cameras, programs and people leave beside photos, told by its name alone: listing a folder opens nothing. What
 * may hold a picture that somebody wants treated (a PDF, a video, a raw file, an archive) is not among it, so that it is
 * refused and not passed over.
 */

/** Facts about photos, settings of raw converters, notes, lists, pages. */
const ENDINGS: ReadonlySet<string> = new Set([
  ...['json', 'xmp', 'aae', 'xml', 'ini', 'pp3', 'dop', 'vrd'],
  ...['md', 'txt', 'html', 'htm', 'csv', 'tsv', 'log', 'url'],
]);
/** What systems and programs write on their own: in folders, for forks of a file (`._`), for one that is open (`~$`). */
const BY_A_SYSTEM =
  /^(?:\.ds_store|\.localized|\.nomedia|\.directory|ehthumbs(?:_vista)?\.db|thumbs\.db|icon\r|\._.*|~\$.*|\.~lock\..*)$/s;

/** Whether a file of this name lies beside photos and is none. @param path bytes of the file system */
export function isBesidePhotos(path: Buffer): boolean {
  const text = path.toString('latin1').toLowerCase();
  const name = text.slice(text.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return BY_A_SYSTEM.test(name) || (dot >= 0 && ENDINGS.has(name.slice(dot + 1)));
}
