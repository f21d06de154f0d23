/** Asserts that `npm pack` ships what is needed to run, and nothing else. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const TOP = ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'];
const ALLOWED = [/^dist\/.+\.(js|d\.ts)$/, /^dist\/review\/web\/[^/]+$/, /^models\/.+\.(json|md|onnx|txt)$/];
const FORBIDDEN = [/\.test\./, /\.map$/, /(^|\/)(samples|tests|training|bench|scripts)\//];
const NEEDED = [...TOP, 'dist/cli/main.js', 'dist/index.js', 'dist/index.d.ts', 'models/manifest.json'];

const json = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  cwd: root,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
});
const parsed = JSON.parse(json);
const [pack] = Array.isArray(parsed) ? parsed : Object.values(parsed);
const paths = pack.files.map(({ path }) => path);

const problems = [
  ...NEEDED.filter((path) => !paths.includes(path)).map((path) => `missing: ${path}`),
  ...paths
    .filter((path) => !TOP.includes(path) && !ALLOWED.some((pattern) => pattern.test(path)))
    .map((path) => `not expected: ${path}`),
  ...paths
    .filter((path) => FORBIDDEN.some((pattern) => pattern.test(path)))
    .map((path) => `must not be shipped: ${path}`),
];

// A lock file that names a registry ties every installation to one host.
const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
for (const [path, entry] of Object.entries(lock.packages)) {
  if (entry.resolved !== undefined) problems.push(`package-lock.json names a host for ${path}`);
}

// Every dependency with an install script must be decided on, or package managers will ask.
const { allowScripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
for (const [path, entry] of Object.entries(lock.packages)) {
  const name = path.split('node_modules/').at(-1) ?? '';
  if (entry.hasInstallScript && allowScripts[name] !== false) {
    problems.push(`${name} has an install script that allowScripts does not deny`);
  }
}

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exit(1);
}
process.stdout.write(
  `npm pack: ${paths.length} files, ${(pack.unpackedSize / 2 ** 20).toFixed(1)} MiB, as expected\n`,
);
