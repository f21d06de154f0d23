import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

/** `npm run test:browsers`: apart from `npm test`, because it needs two more browsers. */
export default mergeConfig(base, defineConfig({ test: { include: ['tests/other-browsers.ts'] } }));
