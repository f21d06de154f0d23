// @ts-check
/**
 * `npm run dev`: the local page, rebuilt while you write. A change of the page loads it again; a change of anything else
 * starts the server anew, and the page with it. Ctrl-C ends it.
 *
 *   npm run dev                 single photos
 *   npm run dev -- FOLDER       the photos of a finished run
 *
 * Builds into dist-dev/, which nothing packs and no test reads. The page of this build is told the server's secret: use it
 * with photos that nobody minds.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const web = join(root, 'dist-dev/review/web');

/** Runs in the page: looks whether it, or its server, is another by now. */
const RELOAD = `let known;
setInterval(async () => {
  const now = await fetch('./dev.json', { cache: 'no-store' }).then((r) => (r.ok ? r.text() : known), () => known);
  if (known !== undefined && now !== known) {
    location.replace(JSON.parse(now).address ?? location.href);
    location.reload();
  }
  known = now;
}, 500);
`;

/** @type {import('vite').Plugin} */
const reloading = {
  name: 'reloading',
  transformIndexHtml: () => [{ tag: 'script', attrs: { type: 'module', src: './reload.js' } }],
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'reload.js', source: RELOAD });
  },
};

let builds = 0;
/** @type {string | undefined} of a server that was just started; absent when the page alone is another */
let address;
function tellPage() {
  if (existsSync(web)) writeFileSync(join(web, 'dev.json'), JSON.stringify({ build: ++builds, address }));
}

/** @type {import('node:child_process').ChildProcess | undefined} */
let server;
let port = '0';
async function restart() {
  if (server?.exitCode === null) {
    server.kill();
    await once(server, 'exit');
  }
  const words = ['review', ...process.argv.slice(2), '--no-open', '--port', port];
  server = spawn(process.execPath, [join(root, 'dist-dev/cli/main.js'), ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: /** @type {import('node:stream').Readable} */ (server.stdout) });
  lines.on('line', (line) => process.stdout.write(`${line}\n`));
  // Its first line; another address is printed for whoever comes with a used one.
  lines.once('line', (line) => {
    port = new URL(line).port;
    address = line;
    tellPage();
  });
}

// TensorFlow.js is bundled by the full build, and never changes here.
if (!existsSync(join(root, 'dist/tfjs'))) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
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
  void event.result.close();
  address = undefined;
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
  // One after the other, however fast files are saved.
  if (line.includes('Found 0 errors.')) restarted = restarted.then(restart);
}
