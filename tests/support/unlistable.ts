import { execFileSync } from 'node:child_process';
import { dirname, basename } from 'node:path';

/** Folders in each other: no path is as long as that of the innermost may be. */
const DEEP = `
  const { mkdirSync } = require('node:fs');
  const name = 'x'.repeat(250);
  for (let i = 0; i < 20; i++) {
    mkdirSync(name);
    process.chdir(name);
  }`;

/** Makes something in a folder that nobody can list, not even root. */
export function makeUnlistable(folder: string): void {
  execFileSync(process.execPath, ['-e', DEEP], { cwd: folder });
}

/** Removes a folder with that in it, which Node cannot. */
export function removeTree(folder: string): void {
  execFileSync('rm', ['-rf', basename(folder)], { cwd: dirname(folder) });
}
