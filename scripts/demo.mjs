// @ts-check
/** `npm run demo`: installs if needed, builds, makes sample photos and runs the main job on them. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

if (process.argv.includes('--help')) {
  process.stdout.write(
    'npm run demo: installs if needed, builds, makes sample photos and runs the main job on them.\n',
  );
  process.exit(0);
}
const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'demo-out');

/**
 * Runs a program in the project's folder and returns its exit code; a program that was killed counts as failed.
 * @param {string} program
 * @param {readonly string[]} args
 */
function run(program, args) {
  return spawnSync(program, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

/**
 * @param {string} title
 * @param {string} program
 * @param {readonly string[]} args
 */
function mustRun(title, program, args) {
  process.stdout.write(`\n== ${title}\n`);
  if (run(program, args) === 0) return;
  process.stderr.write(`The demo stopped: "${title}" failed.\n`);
  process.exit(1);
}

if (!existsSync(join(root, 'node_modules/.package-lock.json'))) {
  mustRun('Installing', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
}
mustRun('Building', 'npm', ['run', '--silent', 'build']);
mustRun('Making sample photos in samples/photos', process.execPath, ['samples/make-samples.mjs']);

// Only an earlier demo is removed; anything else in that place stays, and makes the run refuse the folder.
if (existsSync(join(out, 'ledger.jsonl')) && existsSync(join(out, '.state'))) {
  rmSync(out, { recursive: true });
}
process.stdout.write('\n== image-deid run samples/photos --out demo-out\n');
const code = run(process.execPath, ['dist/cli/main.js', 'run', 'samples/photos', '--out', 'demo-out']);
// 3 means that some photos wait for a person: for these samples that is the right answer, not a failure.
if (code !== 0 && code !== 3) process.exit(code);

const summary = readFileSync(join(out, 'summary.json'), 'utf8').trim();
process.stdout.write(`
${summary}

Where to look:
  demo-out/report.html   what was cleared: what was found and covered, photo by photo, with search and filters
  demo-out/cleared/      photos that passed
  demo-out/review/       photos that a person must look at first; report.html there says why
  demo-out/ledger.jsonl  one record per photo; check it with: node dist/cli/main.js verify --private demo-out
  samples/README.md      what was planted in the sample photos
`);
