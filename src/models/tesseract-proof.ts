import type { GreyStrip, PrintReader } from './tesseract-contract.js';

/** Letters of 5 × 7 squares, drawn here, so that no font decides; a bit for each square, the left one first. */
const LETTERS: Readonly<Record<string, readonly number[]>> = {
  H: [0b10001, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001],
  E: [0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111],
  L: [0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111],
  O: [0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110],
};
const WORD = 'HELLO';
const [LETTER_WIDTH, LETTER_HEIGHT] = [5, 7];
/** Pixels along a side of a square, and squares around the word. */
const [SQUARE, MARGIN] = [4, 2];
const [INK, PAPER] = [40, 215];

/** Whether the engine reads a word that is known, and nothing on an empty strip. */
export function readsCorrectly(reader: PrintReader): boolean {
  const empty = { ...proofStrip(), data: new Uint8Array(proofStrip().data.length).fill(PAPER) };
  return (
    reader
      .read(proofStrip())
      .map(({ text }) => text)
      .join(' ') === WORD && reader.read(empty).length === 0
  );
}

/** The word in dark squares on light ground. */
export function proofStrip(): GreyStrip {
  const columns = WORD.length * (LETTER_WIDTH + 1) - 1 + 2 * MARGIN;
  const [width, height] = [columns * SQUARE, (LETTER_HEIGHT + 2 * MARGIN) * SQUARE];
  const data = new Uint8Array(width * height).fill(PAPER);
  for (let p = 0; p < data.length; p++) {
    const [column, row] = [
      Math.floor((p % width) / SQUARE) - MARGIN,
      Math.floor(Math.floor(p / width) / SQUARE) - MARGIN,
    ];
    const letter = LETTERS[WORD[Math.floor(column / (LETTER_WIDTH + 1))] ?? ''];
    const square = column % (LETTER_WIDTH + 1);
    if (square < LETTER_WIDTH && (letter?.[row] ?? 0) & (1 << (LETTER_WIDTH - 1 - square))) data[p] = INK;
  }
  return { width, height, data };
}
