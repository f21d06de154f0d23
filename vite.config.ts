import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

/** What is bundled is shipped: its licences go with it. */
function licences(): Plugin {
  return {
    name: 'licences',
    generateBundle() {
      const packages = [...this.getModuleIds()].flatMap((id) => {
        const inside = id.split(`${sep}node_modules${sep}`).at(1)?.split(sep);
        return inside ? [inside.slice(0, inside[0]?.startsWith('@') ? 2 : 1).join('/')] : [];
      });
      const source = [...new Set(packages)].sort().map((name) => {
        const folder = join(root, 'node_modules', name);
        const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
        if (file === undefined) throw new Error(`Expected a licence in ${name} but found none`);
        return `${name}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
      });
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: source.join('\n\n') });
    },
  };
}

/** The local page: src/review/web becomes a handful of files in dist/review/web, which its server hands out. */
export default defineConfig({
  root: join(root, 'src/review/web'),
  base: './',
  clearScreen: false,
  logLevel: 'warn',
  plugins: [licences()],
  worker: { format: 'es', rollupOptions: { output: { entryFileNames: '[name].js' } } },
  build: {
    outDir: join(root, 'dist/review/web'),
    emptyOutDir: true,
    assetsDir: '',
    // The page's policy allows no address that holds its own content.
    assetsInlineLimit: 0,
    modulePreload: false,
    target: 'es2022',
    rollupOptions: {
      // Comments of zod that are of no use to this bundler.
      onLog(level, log, handle) {
        if (log.code !== 'INVALID_ANNOTATION') handle(level, log);
      },
      output: { entryFileNames: 'page.js', assetFileNames: 'page[extname]' },
    },
  },
});
