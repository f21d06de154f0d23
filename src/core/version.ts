import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';

const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');

/** This package's version, as package.json gives it. */
export const VERSION = z.parse(z.object({ version: z.string() }), JSON.parse(text)).version;
