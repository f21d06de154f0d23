/** The structure of RDF itself, which every XMP packet has. */
const PLUMBING = /^(rdf|xmlns|xml|x):/;
const MAX_NAMES = 2000;

/**
 * Names of the elements and attributes in an XMP packet, with their namespace prefix, each once, in order. Only
 * names are looked for: nothing is expanded, so entities that multiply or point elsewhere do no harm. Linear.
 */
export function xmpNames(packet: Uint8Array): string[] {
  // An XMP packet may be UTF-16; names are ASCII, so dropping the zero bytes leaves them readable.
  const text = Buffer.from(packet.includes(0) ? packet.filter((b) => b !== 0) : packet).toString('latin1');
  const names = new Set<string>();
  for (const match of text.matchAll(/(?:<|\s)([A-Za-z][\w.-]{0,31}:[A-Za-z][\w.-]{0,63})(?=[\s>/=])/g)) {
    const name = match[1] as string;
    if (!PLUMBING.test(name)) names.add(name);
    if (names.size >= MAX_NAMES) break;
  }
  return [...names];
}
