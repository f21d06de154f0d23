// @ts-check
/**
 * Lets Node run the tools of this project, which are TypeScript: `node --import ./scripts/typescript.mjs TOOL`. Node strips
 * types itself from 22.18 on; with that as the least version this file can go.
 */
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
