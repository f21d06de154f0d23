import { randomBytes } from 'node:crypto';
import { outputName } from './output-name.js';

/** 64 random bits say nothing and do not repeat by chance; if they did, publishing would fail, not overwrite. */
const NAME_BYTES = 8;

/** A photo's name when it leaves. @param extension without a dot @throws when it is of no format that can be written */
export function neutralName(extension: string): string {
  return outputName.parse(`${randomBytes(NAME_BYTES).toString('hex')}.${extension}`);
}
