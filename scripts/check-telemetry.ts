/**
 * `npm run check-telemetry`: onnxruntime sends telemetry on Linux and macOS from version 1.29 on. Asserts that the lock
 * file has the last version without it, and that no file of any shipped package, for any platform, holds the address
 * that telemetry is sent to.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolArguments } from './support/arguments.ts';
import { readLock } from './support/json.ts';
import { ROOT } from './support/root.ts';

toolArguments(import.meta.url, {});

const SILENT = '1.27.0';
/** Found in 1.30.0's libraries for Linux and macOS, and in none of 1.27.0's. */
const COLLECTOR = ['OneCollector', 'events.data.microsoft'];

const { packages } = readLock();
const problems: string[] = [];
let files = 0;
for (const [path, { version, dev }] of Object.entries(packages)) {
  if (path === '' || dev) continue;
  if (/(^|\/)onnxruntime-(node|common)$/.test(path) && version !== SILENT) {
    problems.push(
      `package-lock.json: ${path} is ${version}, expected ${SILENT}, the last one that sends nothing`,
    );
  }
  // Packages for other platforms are not installed.
  if (!existsSync(join(ROOT, path))) continue;
  for (const entry of readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    files++;
    const file = join(entry.parentPath, entry.name);
    const bytes = readFileSync(file);
    for (const word of COLLECTOR) {
      if (bytes.includes(word)) problems.push(`${file.slice(ROOT.length)} holds "${word}"`);
    }
  }
}
if (files === 0) problems.push('no file was looked at: npm ci comes first');
if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exit(1);
}
process.stdout.write(
  `no address of a collector in ${files} files of what is shipped; onnxruntime is ${SILENT}\n`,
);
