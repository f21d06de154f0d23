/** The entry of a table of words, if there is one. */
export function entryOf(table: object, id: string): string | undefined {
  const words: unknown = Object.hasOwn(table, id) ? (table as Record<string, unknown>)[id] : undefined;
  return typeof words === 'string' ? words : undefined;
}
