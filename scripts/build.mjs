/** `npm run build`: a clean dist/ from src/, with an executable command and the list of all that is shipped in it. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { packagesOf } from './bundled-licences.mjs';
import { makeSbom } from './sbom.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/cli/main.js');

const manifest = createHash('sha256')
  .update(readFileSync(join(root, 'models/manifest.json')))
  .digest('hex');
if (!readFileSync(join(root, 'src/models/manifest-hash.ts'), 'utf8').includes(`'${manifest}'`)) {
  throw new Error(
    `models/manifest.json was changed: if that was you, write its SHA-256 ${manifest} into src/models/manifest-hash.ts`,
  );
}

rmSync(join(root, 'dist'), { recursive: true, force: true });
const tsc = [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'];
const { status } = spawnSync(process.execPath, tsc, { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

// The review page and TensorFlow.js are bundled: what they are made of is not needed to run them.
const bundled = new Set();
const list = {
  name: 'list',
  generateBundle() {
    for (const name of packagesOf(this.getModuleIds())) bundled.add(name);
  },
};
for (const name of ['vite.config.ts', 'vite.tfjs.config.ts']) {
  await build({ configFile: join(root, name), plugins: [list] });
}
writeFileSync(join(root, 'dist/sbom.cdx.json'), `${JSON.stringify(makeSbom([...bundled]), null, 1)}\n`);

if (!readFileSync(main, 'utf8').startsWith('#!/usr/bin/env node\n')) {
  throw new Error('Expected dist/cli/main.js to begin with the line that makes it a command');
}
chmodSync(main, 0o755);
