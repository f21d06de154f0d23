/** `npm run check-pack`: asserts that the tarball ships what is needed to run, and nothing else. Needs dist/. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { withStage } from './stage.ts';
import { toolArguments } from './support/arguments.ts';
import { readJson, readLock } from './support/json.ts';
import { ROOT } from './support/root.ts';

toolArguments(import.meta.url, {});

const TOP = [
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'npm-shrinkwrap.json',
  'package.json',
];
/** What users read: what it points to is in the package too. The others are about the repository. */
const READ = ['README.md', 'SECURITY.md', 'dist/words/help-en.js', 'dist/words/help-fr.js'];
const ALLOWED = [
  /^dist\/.+\.(js|d\.ts)$/,
  /^dist\/review\/web\/[^/]+$/,
  /^dist\/sbom\.cdx\.json$/,
  /^docs\/(decisions\/)?[^/]+\.(md|png|svg|json)$/,
  /^models\/.+\.(bin|json|md|onnx|txt)$/,
  /^models\/tesseract\/[^/]+\.(cjs|gz|wasm)$/,
];
const FORBIDDEN = [/\.test\./, /\.map$/, /(^|\/)(samples|tests|training|bench|evaluation|scripts)\//];
const NEEDED = [
  ...TOP,
  'dist/cli/main.js',
  'dist/index.js',
  'dist/index.d.ts',
  'models/manifest.json',
  'dist/sbom.cdx.json',
];

const PACK = z.object({ files: z.array(z.object({ path: z.string() })), unpackedSize: z.number() });
/** Some versions of npm print an array, others an object. */
const PACKED = z.union([z.array(PACK), z.record(z.string(), PACK)]);

const { pack, shrinkwrap } = withStage((stage) => {
  const words = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const told = execFileSync('npm', words, {
    cwd: stage,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [pack] = Object.values(PACKED.parse(JSON.parse(told)));
  if (!pack) throw new Error('Expected one tarball but npm told of none');
  return { pack, shrinkwrap: readLock(join(stage, 'npm-shrinkwrap.json')) };
});
const paths = pack.files.map(({ path }) => path);

const problems = [
  ...NEEDED.filter((path) => !paths.includes(path)).map((path) => `missing: ${path}`),
  ...paths
    .filter((path) => !TOP.includes(path) && !ALLOWED.some((pattern) => pattern.test(path)))
    .map((path) => `not expected: ${path}`),
  ...paths
    .filter((path) => FORBIDDEN.some((pattern) => pattern.test(path)))
    .map((path) => `must not be shipped: ${path}`),
  ...READ.flatMap((path) =>
    placesIn(readFileSync(join(ROOT, path), 'utf8'))
      .filter((place) => !paths.includes(place))
      .map((place) => `${path} points to ${place}, which is not shipped`),
  ),
];

/** Files of the project that a text links to, or names in docs/. */
function placesIn(text: string): string[] {
  const links = [...text.matchAll(/\]\(([^):#\s]+)(?:#[^)]*)?\)/g)].map(([, place = '']) => place);
  return [...new Set([...links, ...(text.match(/\bdocs\/[\w/.-]+\.\w+/g) ?? [])])];
}

// A lock file that names a registry would tie every installation to one host.
const lock = readLock();
for (const [path, entry] of Object.entries(lock.packages)) {
  if (entry.resolved !== undefined) problems.push(`package-lock.json names a host for ${path}`);
}

// Users get exactly what was tested: the same versions with the same hashes.
for (const [path, entry] of Object.entries(shrinkwrap.packages)) {
  const tested = lock.packages[path];
  if (entry.resolved !== undefined) problems.push(`npm-shrinkwrap.json names a host for ${path}`);
  if (path === '' ? entry.devDependencies !== undefined : entry.dev)
    problems.push(`npm-shrinkwrap.json has ${path} of development`);
  if (
    path !== '' &&
    (entry.version !== tested?.version || !entry.integrity || entry.integrity !== tested?.integrity)
  ) {
    problems.push(`npm-shrinkwrap.json: ${path} is not the one that was tested`);
  }
}
for (const [path, { dev }] of Object.entries(lock.packages)) {
  if (!dev && !shrinkwrap.packages[path]) problems.push(`npm-shrinkwrap.json lacks ${path}`);
}

// Every dependency with an install script must be decided on, or package managers will ask.
const { allowScripts } = readJson(
  join(ROOT, 'package.json'),
  z.looseObject({ allowScripts: z.record(z.string(), z.boolean()) }),
);
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
