export { PhotoProcess } from './photo-process.js';
export { entryOf } from './queue-entry.js';
export { startServer } from './serve.js';
