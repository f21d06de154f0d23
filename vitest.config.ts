import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'bench/**/*.test.mjs'],
    environment: 'node',
    // Models and image codecs use every core; more workers than this only make them wait for each other.
    pool: 'forks',
    poolOptions: { forks: { maxForks: 2 } },
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
});
