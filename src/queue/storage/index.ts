export type { Exchange, PhotoStore } from './contract.js';
export { openExchange } from './open-exchange.js';
export { FolderExchange, markExchange, readMarker } from './folder-exchange.js';
export { Scratch } from './scratch.js';
export { isS3Address } from './s3/address.js';
export { openS3Photos } from './s3/s3-photos.js';
export { openS3Exchange } from './s3/s3-exchange.js';
