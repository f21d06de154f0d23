/** Endings of downloads and copies that are not finished; Safari's is that of a folder. */
const ENDING = /\.(?:part|partial|crdownload|opdownload|download|filepart|tmp|temp|aria2|swp|!ut|!qb)$|~$/i;
const SLASH = '/';

/**
 * What is finished of the files of a watched folder. Names of unfinished ones, and of folders they lie in, begin with a
 * dot or have an ending of their own; a file beside which one of its own name is unfinished is a placeholder.
 * @param root the watched folder, whose own name says nothing
 */
export function finishedOf<T extends { readonly path: Buffer }>(entries: readonly T[], root: Buffer): T[] {
  const nameOf = ({ path }: T) => path.toString('latin1').slice(root.length);
  const unfinished = entries.map(nameOf).filter(isUnfinished);
  const placeholders = new Set(unfinished.map((name) => name.replace(ENDING, '')));
  return entries.filter((entry) => !isUnfinished(nameOf(entry)) && !placeholders.has(nameOf(entry)));
}

function isUnfinished(name: string): boolean {
  return name.split(SLASH).some((part) => part.startsWith('.') || ENDING.test(part));
}
