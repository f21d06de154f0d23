/** `npm run build`: a clean dist/ from src/, with an executable command and the list of all that is shipped in it. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { packagesOf } from './bundled-licences.ts';
import { makeSbom } from './sbom.ts';
import { toolArguments } from './support/arguments.ts';
import { MAIN, ROOT } from './support/root.ts';

toolArguments(import.meta.url, {});

const manifest = createHash('sha256')
  .update(readFileSync(join(ROOT, 'models/manifest.json')))
  .digest('hex');
if (!readFileSync(join(ROOT, 'src/models/manifest-hash.ts'), 'utf8').includes(`'${manifest}'`)) {
  throw new Error(
    `models/manifest.json was changed: if that was you, write its SHA-256 ${manifest} into src/models/manifest-hash.ts`,
  );
}

rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
const tsc = [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'];
const { status } = spawnSync(process.execPath, tsc, { cwd: ROOT, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

// The review page is bundled: the packages that it is made of are not needed to run it.
const bundled = new Set<string>();
const list: Plugin = {
  name: 'list',
  generateBundle() {
    for (const name of packagesOf(this.getModuleIds())) bundled.add(name);
  },
};
await build({ configFile: join(ROOT, 'vite.config.ts'), plugins: [list] });
writeFileSync(join(ROOT, 'dist/sbom.cdx.json'), `${JSON.stringify(makeSbom([...bundled]), null, 1)}\n`);

if (!readFileSync(MAIN, 'utf8').startsWith('#!/usr/bin/env node\n')) {
  throw new Error('Expected dist/cli/main.js to begin with the line that makes it a command');
}
chmodSync(MAIN, 0o755);
