import { ImageDeidError } from '../../core/errors.js';
import type { Exchange } from './contract.js';
import { FOLDER_SCHEME, FolderExchange } from './folder-exchange.js';
import { isS3Address } from './s3/address.js';
import { openS3Exchange } from './s3/s3-exchange.js';

/**
 * The exchange that a job names.
 * @param run the run whose files it carries
 * @throws {ImageDeidError} output-unwritable, usage
 */
export async function openExchange(address: string, run: string): Promise<Exchange> {
  if (isS3Address(address)) return openS3Exchange(address, run);
  if (address.startsWith(FOLDER_SCHEME)) return FolderExchange.at(address, run);
  throw new ImageDeidError({ id: 'error/output-unwritable/exchange', values: {} }, 'worker');
}
