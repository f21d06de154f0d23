export { classifyText } from './classify-text.js';
export type { Reading } from './decode-sequence.js';
export { isRulerText } from './ruler.js';
export { openTextReader, READER_MODEL, type TextReader } from './reader.js';
