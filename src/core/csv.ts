/** What a spreadsheet takes for the beginning of a formula; it also looks behind blanks, and takes full-width signs. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/u;
const BREAKS = /^[\t\r\n]/;
/** What a terminal would act on; a tab and the ends of lines stay, because a quoted cell may hold them. */
// eslint-disable-next-line no-control-regex -- these are what must not reach a terminal
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/**
 * One line of a CSV file (RFC 4180), with its end. Every cell is quoted; one that a spreadsheet would compute gets an
 * apostrophe before it, and control characters become `\uXXXX`.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${plainCell(cell).replaceAll('"', '""')}"`).join(',')}\r\n`;
}

function plainCell(cell: string): string {
  const text = FORMULA.test(cell) || BREAKS.test(cell) ? `'${cell}` : cell;
  return text.replace(CONTROL, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
