import { createRequire } from 'node:module';
import { afterAll, expect } from 'vitest';

/** Packages that run models. */
const ENGINES = ['/onnxruntime-node/', '/tfjs-core/'];

// Of the project `fast`: a file that loads a model belongs in the project `models` (vitest.config.ts).
afterAll(() => {
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  expect(ENGINES.filter((engine) => loaded.some((path) => path.includes(engine)))).toEqual([]);
});
