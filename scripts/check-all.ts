/** `npm test`, and so `npm cit`: builds and checks everything, stops at the first step that fails. */
import { spawnSync } from 'node:child_process';
import { toolArguments } from './support/arguments.ts';
import { ROOT } from './support/root.ts';

toolArguments(import.meta.url, {});
const STEPS = [
  ...['build', 'typecheck', 'lint', 'imports', 'format:check'],
  ...['check-pack', 'check-licences', 'check-telemetry', 'test:unit'],
];

for (const step of STEPS) {
  const start = performance.now();
  process.stdout.write(`\n== npm run ${step}\n`);
  const { status } = spawnSync('npm', ['run', '--silent', step], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) {
    process.stderr.write(`== failed: npm run ${step}\n`);
    process.exit(1);
  }
  process.stdout.write(`== ${step}: ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}
