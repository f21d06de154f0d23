// @ts-check
/**
 * Lets Node run the tools of this project, which are TypeScript: `node --import ./scripts/typescript.mjs TOOL`. Since
 * 22.18 Node itself strips types; once that is the oldest supported version, this file can be removed.
 */
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
