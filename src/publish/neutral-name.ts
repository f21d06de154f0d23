import { randomBytes } from 'node:crypto';
import { outputName } from './output-name.js';

/** 64 random bits say nothing and do not repeat by chance; if they did, publishing would fail, not overwrite. */
const NAME_BYTES = 8;

/** The name that a photo leaves under. @param extension without a dot @throws when no such format can be written */
export function neutralName(extension: string): string {
  return outputName.parse(`${randomBytes(NAME_BYTES).toString('hex')}.${extension}`);
}
