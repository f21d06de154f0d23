export { checkCaption, mentionsIn } from './check-caption.js';
export { MOST_CAPTION_BYTES, readCaption } from './read-caption.js';
