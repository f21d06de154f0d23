/**
 * `npm test`, and so `npm cit`: builds, then runs everything that needs no test runner, two things at a time, then all
 * tests. Stops at the first failure.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { toolArguments } from './support/arguments.ts';
import { ROOT } from './support/root.ts';

/** Each check uses one core; the longest comes first. */
const CHECKS = [
  ...['lint', 'typecheck', 'format:check', 'imports'],
  ...['check-pack', 'check-telemetry', 'check-licences'],
];
const AT_A_TIME = 2;

toolArguments(import.meta.url, {});

/** Runs a script of package.json; its output is shown at once or, beside other scripts, when it has ended. */
async function run(step: string, isAlone: boolean): Promise<boolean> {
  const start = performance.now();
  if (isAlone) process.stdout.write(`\n== npm run ${step}\n`);
  const child = spawn('npm', ['run', '--silent', step], {
    cwd: ROOT,
    stdio: isAlone ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => said.push(data));
  const [code] = (await once(child, 'close')) as [number | null];
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (!isAlone) process.stdout.write(`\n== npm run ${step}\n${Buffer.concat(said).toString()}`);
  process.stdout.write(code === 0 ? `== ${step}: ${seconds} s\n` : `== failed: npm run ${step}\n`);
  return code === 0;
}

async function allOf(steps: readonly string[], atATime: number): Promise<void> {
  const waiting = [...steps];
  let hasFailed = false;
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined && !hasFailed; step = waiting.shift()) {
      if (!(await run(step, atATime === 1))) hasFailed = true;
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  if (hasFailed) process.exit(1);
}

await allOf(['build'], 1);
await allOf(CHECKS, AT_A_TIME);
await allOf(['test:unit'], 1);
