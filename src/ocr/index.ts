export { classifyText } from './classify-text.js';
export { decodeTextMap, type DecodeSettings } from './decode-text-map.js';
export type { Reading } from './decode-sequence.js';
export { countCharacters, isLegible } from './is-legible.js';
export { MOST_LINES } from './most-lines.js';
export { isRulerText } from './ruler.js';
export { openTextReader, READER_MODEL, type TextReader } from './reader.js';
export { openTextFinder, type TextFinder } from './text-finder.js';
export { openTextWitness, type TextWitness, type Writing } from './witness.js';
