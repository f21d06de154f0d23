/** Cells may be longer, but others are not moved so far for them. */
const WIDEST = 60;

/**
 * Rows under each other, the last column as long as it is; nothing is cut off.
 * @param head one word per column
 */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) =>
    Math.min(WIDEST, Math.max(...all.map((row) => [...(row[column] ?? '')].length))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - [...cell].length)))
      .join('  ')
      .trimEnd();
  return all.map((row) => `${line(row)}\n`).join('');
}
