import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from './root.ts';

/**
 * JSON that fits a schema, unchanged: a parsed copy would have its properties in another order.
 * @throws {Error} when it does not fit the schema
 */
export function parseJson<T>(text: string, schema: z.ZodType<T>): T {
  const value: unknown = JSON.parse(text);
  schema.parse(value);
  return value as T;
}

/** @throws {Error} when the file is missing or does not fit the schema */
export function readJson<T>(path: string, schema: z.ZodType<T>): T {
  return parseJson(readFileSync(path, 'utf8'), schema);
}

const PACKAGE = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  dev: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
  devDependencies: z.record(z.string(), z.string()).optional(),
});

/** The parts of package-lock.json and npm-shrinkwrap.json that are read, by path. */
const LOCK = z.looseObject({ packages: z.record(z.string(), PACKAGE) });

export function readLock(path = join(ROOT, 'package-lock.json')): z.infer<typeof LOCK> {
  return readJson(path, LOCK);
}
