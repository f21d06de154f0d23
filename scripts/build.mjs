/** `npm run build`: a clean dist/ from src/, with an executable command in it. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/cli/main.js');

const manifest = createHash('sha256')
  .update(readFileSync(join(root, 'models/manifest.json')))
  .digest('hex');
if (!readFileSync(join(root, 'src/inference/manifest-hash.ts'), 'utf8').includes(`'${manifest}'`)) {
  throw new Error(
    `models/manifest.json was changed: if that was you, write its SHA-256 ${manifest} into src/inference/manifest-hash.ts`,
  );
}

rmSync(join(root, 'dist'), { recursive: true, force: true });
run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
// The review page is bundled: what it is made of is not needed to run it.
run('node_modules/vite/bin/vite.js', 'build');

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
