/**
 * `npm run pack`: makes the tarball, with the tested versions of everything that will be installed with it.
 *
 *   npm run pack [FOLDER]        prints the tarball's path; without a folder it lies here. Needs dist/.
 */
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { withStage } from './stage.ts';
import { toolArguments } from './support/arguments.ts';

const { positionals } = toolArguments(import.meta.url, { allowPositionals: true });

const to = resolve(positionals[0] ?? '.');
const name = withStage((stage) =>
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', to], {
    cwd: stage,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }),
);
process.stdout.write(`${join(to, name.trim())}\n`);
