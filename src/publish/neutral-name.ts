import { randomBytes } from 'node:crypto';

/** 64 random bits say nothing and do not repeat by chance; if they did, publishing would fail, not overwrite. */
const NAME_BYTES = 8;

/** A photo's name when it leaves. @param extension without a dot */
export function neutralName(extension: string): string {
  return `${randomBytes(NAME_BYTES).toString('hex')}.${extension}`;
}
