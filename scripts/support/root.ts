import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, and the built command in it. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const MAIN = join(ROOT, 'dist/cli/main.js');
