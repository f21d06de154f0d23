import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { bundledLicences } from './scripts/bundled-licences.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/** The local page: src/review/web becomes a handful of files in dist/review/web, which its server hands out. */
export default defineConfig({
  root: join(root, 'src/review/web'),
  base: './',
  clearScreen: false,
  logLevel: 'warn',
  plugins: [bundledLicences()],
  // zod would be a seventh of the page.
  resolve: { alias: { 'zod/mini': join(root, 'src/review/web/small-zod.ts') } },
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
