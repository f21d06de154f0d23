import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from './support/json.ts';
import { ROOT } from './support/root.ts';

/** Made by `npm run api`, and not committed. */
const API = join(ROOT, 'docs/api');

/**
 * Lays out in a temporary folder what is packed: `files` of package.json, a package.json without what only development
 * needs, and npm-shrinkwrap.json, so that npm installs the dependencies that were tested, and their dependencies too.
 * In the checkout that file would take precedence over package-lock.json.
 * @param use is given the folder, which is removed afterwards
 */
export function withStage<T>(use: (stage: string) => T): T {
  const stage = mkdtempSync(join(tmpdir(), 'pack-'));
  try {
    const manifest = readJson(join(ROOT, 'package.json'), z.looseObject({ files: z.array(z.string()) }));
    for (const key of ['scripts', 'allowScripts', 'devDependencies']) delete manifest[key];
    for (const path of manifest.files) {
      if (!existsSync(join(ROOT, path))) throw new Error(`${path} is missing; npm run build makes dist`);
      const filter = (from: string) => from !== API;
      cpSync(join(ROOT, path), join(stage, path), { recursive: true, filter });
    }
    manifest.files = [...manifest.files, 'npm-shrinkwrap.json'];
    writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    for (const name of ['package-lock.json', '.npmrc']) cpSync(join(ROOT, name), join(stage, name));
    // npm itself removes from the lock file what package.json no longer asks for.
    const words = [
      'install',
      '--package-lock-only',
      '--ignore-scripts',
      '--offline',
      '--no-audit',
      '--no-fund',
    ];
    execFileSync('npm', words, { cwd: stage, stdio: ['ignore', 'ignore', 'inherit'] });
    renameSync(join(stage, 'package-lock.json'), join(stage, 'npm-shrinkwrap.json'));
    return use(stage);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}
