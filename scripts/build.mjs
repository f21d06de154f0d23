/** `npm run build`: a clean dist/ from src/, with an executable command in it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/cli/main.js');

rmSync(join(root, 'dist'), { recursive: true, force: true });
const tsc = join(root, 'node_modules/typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

// What tsc does not carry over: the review page's files.
const web = join(root, 'src/review/web');
if (existsSync(web)) cpSync(web, join(root, 'dist/review/web'), { recursive: true });

if (!readFileSync(main, 'utf8').startsWith('#!/usr/bin/env node\n')) {
  throw new Error('Expected dist/cli/main.js to begin with the line that makes it a command');
}
chmodSync(main, 0o755);
