/** `npm run build`: a clean dist/ from src/, with an executable command in it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/cli/main.js');

rmSync(join(root, 'dist'), { recursive: true, force: true });
run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
// The review page and TensorFlow.js are bundled: what they are made of is not needed to run them.
run('node_modules/vite/bin/vite.js', 'build');
run('node_modules/vite/bin/vite.js', 'build', '--config', 'vite.tfjs.config.ts');

if (!readFileSync(main, 'utf8').startsWith('#!/usr/bin/env node\n')) {
  throw new Error('Expected dist/cli/main.js to begin with the line that makes it a command');
}
chmodSync(main, 0o755);

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
