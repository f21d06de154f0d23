export { PhotoProcess } from './photo-process.js';
export { startServer } from './serve.js';
