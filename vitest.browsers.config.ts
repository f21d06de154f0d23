import { defineConfig } from 'vitest/config';
import base from './vitest.config.js';

/**
 * `npm run test:browsers`: apart from `npm test`, because it needs two more browsers, whose drivers now and then let a
 * command wait for ever.
 */
export default defineConfig({ test: { ...base.test, include: ['tests/other-browsers.ts'], retry: 1 } });
