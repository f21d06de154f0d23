/**
 * `npm run dev`: the local page, rebuilt while you write. A change of the page reloads it; a change of anything else
 * restarts the server, and reloads the page with it. Ctrl-C ends it.
 *
 *   npm run dev                 single photos
 *   npm run dev -- FOLDER       the photos of a finished run
 *
 * Builds into dist-dev/, which nothing packs and no test reads. The page of this build is told the server's secret: use
 * it only with photos that anybody may see.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { toolArguments } from './support/arguments.ts';

const { positionals } = toolArguments(import.meta.url, { allowPositionals: true });

const root = fileURLToPath(new URL('..', import.meta.url));
const web = join(root, 'dist-dev/review/web');

let builds = 0;
let starts = 0;
/** The address of the server that was started last. */
let address = '';

/** Runs in the page: checks that the page is the last one built, and that its session is with the running server. */
const reload = (build: number) => `setInterval(async () => {
  const answer = await fetch('./dev.json', { cache: 'no-store' }).catch(() => undefined);
  if (!answer?.ok) return;
  const { build, start, address } = await answer.json();
  const known = sessionStorage.getItem('dev-start');
  sessionStorage.setItem('dev-start', start);
  if (known !== null && known !== String(start)) location.replace(address);
  else if (build === ${build}) return;
  location.reload();
}, 500);
`;

const reloading: Plugin = {
  name: 'reloading',
  transformIndexHtml: () => [{ tag: 'script', attrs: { type: 'module', src: './reload.js' } }],
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'reload.js', source: reload(++builds) });
  },
};

function tellPage(): void {
  writeFileSync(join(web, 'dev.json'), JSON.stringify({ build: builds, start: starts, address }));
}

let server: ChildProcess | undefined;
let port = '0';
async function restart(): Promise<void> {
  if (server?.exitCode === null) {
    server.kill();
    await once(server, 'exit');
  }
  const words = ['review', ...positionals, '--no-open', '--port', port];
  const child = spawn(process.execPath, [join(root, 'dist-dev/cli/main.js'), ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  server = child;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => process.stdout.write(`${line}\n`));
  // Its first line; another address is printed for somebody who comes with a used one.
  lines.once('line', (line) => {
    port = new URL(line).port;
    address = line;
    starts++;
    tellPage();
  });
}

const pages = await build({
  configFile: join(root, 'vite.config.ts'),
  plugins: [reloading],
  build: { outDir: web, watch: {}, minify: false },
});
if (!('on' in pages)) throw new Error('Expected a watcher of the page but received a finished build');
pages.on('event', (event) => {
  if (event.code === 'ERROR') process.stderr.write(`${event.error.message}\n`);
  if (event.code !== 'BUNDLE_END') return;
  event.result.close().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
  tellPage();
});

const tsc = join(root, 'node_modules/typescript/bin/tsc');
const options = ['-p', 'tsconfig.build.json', '--outDir', 'dist-dev', '--watch', '--preserveWatchOutput'];
const compiler = spawn(process.execPath, [tsc, ...options], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    server?.kill();
    compiler.kill();
    process.exit();
  });
}

let restarted = Promise.resolve();
for await (const line of createInterface({ input: compiler.stdout })) {
  process.stdout.write(`${line}\n`);
  // One restart after the other, however fast files are saved.
  if (line.includes('Found 0 errors.')) restarted = restarted.then(restart);
}
