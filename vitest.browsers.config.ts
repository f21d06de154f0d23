import { defineConfig } from 'vitest/config';

/**
 * `npm run test:browsers`: apart from `npm test`, because it needs two more browsers, whose drivers now and then let a
 * command wait for ever.
 */
export default defineConfig({
  test: { include: ['tests/other-browsers.ts'], retry: 1, testTimeout: 180_000, hookTimeout: 300_000 },
});
